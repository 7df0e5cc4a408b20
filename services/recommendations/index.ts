export { serverCredentials } from './credentials';
export { createRanking, type RankedBook, type Ranking } from './ranking/ranking';
export {
  createRecommendationsServer,
  type RecommendationsServer,
  type RecommendationsServerOptions,
} from './server';
export { loadSettings } from './settings';
