// SPDX-License-Identifier: AGPL-3.0-or-later
// node compile.js CONTRACTS_DIR OUT.json: the code of each contract as it lies on chain.
const fs = require("fs");
const path = require("path");
const solc = require(require.resolve("solc", { paths: [process.cwd()] }));

const [folder, out] = process.argv.slice(2);
const sources = {};
for (const name of fs.readdirSync(folder).filter((name) => name.endsWith(".sol")).sort())
    sources[name] = { content: fs.readFileSync(path.join(folder, name), "utf8") };
const result = JSON.parse(solc.compile(JSON.stringify({
    language: "Solidity",
    sources,
    settings: {
        evmVersion: "paris",
        optimizer: { enabled: true, runs: 200 },
        viaIR: true,
        outputSelection: { "*": { "*": ["evm.deployedBytecode.object"] } },
    },
})));
const errors = (result.errors || []).filter((error) => error.severity === "error");
if (errors.length > 0) {
    console.error(errors.map((error) => error.formattedMessage).join("\n"));
    process.exit(1);
}
const code = {};
for (const contracts of Object.values(result.contracts))
    for (const [name, contract] of Object.entries(contracts))
        code[name] = "0x" + contract.evm.deployedBytecode.object;
fs.writeFileSync(out, JSON.stringify(code, null, 1) + "\n");
