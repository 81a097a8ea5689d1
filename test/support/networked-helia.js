// What makes of Helia a node on the network. Ours is not one (src/archive/helia.ts), and each suite that opens a record would
// spend a second on loading it. Tests of the built program load all of Helia.
function absent() {
  throw new Error('the tests do not load the networked part of Helia');
}

export { absent as withBitswap, absent as withHTTP, absent as withLibp2p };
