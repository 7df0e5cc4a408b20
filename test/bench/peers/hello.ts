import type { AddressInfo } from 'node:net';
import express from 'express';

// What Express alone costs: the bar for a page is a share of this.
const app = express();
app.get('/', (_request, response) => {
  response.send('hello');
});
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ msg: 'listening', port }));
  console.log(JSON.stringify({ msg: 'ready' }));
});
