// Where the tests find what a socket claims.
export { claimOf } from '../../src/ports/claim.js';
