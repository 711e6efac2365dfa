// SPDX-License-Identifier: AGPL-3.0-or-later
// A chain of one node with Coston2's number, whose clock and blocks the tests move.
module.exports = {
    solidity: "0.8.28", // compile.js compiles; hardhat itself would fetch a native compiler
    networks: {
        hardhat: {
            chainId: 114,
            hardfork: "cancun",
            initialBaseFeePerGas: 25000000000,
            blockGasLimit: 30000000,
            initialDate: process.env.CHRONA_EVM_DATE || "2026-11-25T00:00:00Z",
            accounts: { count: 1 },
        },
    },
};
