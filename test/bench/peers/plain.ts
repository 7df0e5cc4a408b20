import type { AddressInfo } from 'node:net';
import { RecommendationsClientConstructor } from '@driftless/proto';
import { credentials } from '@grpc/grpc-js';
import express from 'express';
import { configure } from 'nunjucks';

// The tutorial's marketplace as it would be written in Express: one template, one call a page,
// and nothing else: no headers, no limit, no log, no metrics, no cache, no second attempt.
const app = express();
configure('test/bench/peers', { autoescape: true, express: app });
const client = new RecommendationsClientConstructor(
  `127.0.0.1:${process.env.RECOMMENDATIONS_PORT}`,
  credentials.createInsecure(),
);
app.get('/', (_request, response) => {
  client.recommend({ userId: 1, category: 'MYSTERY', maxResults: 6 }, (error, answer) => {
    if (error) response.status(500).send(error.details);
    else response.render('plain.njk', { books: answer?.recommendations });
  });
});
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ msg: 'listening', port }));
  console.log(JSON.stringify({ msg: 'ready' }));
});
