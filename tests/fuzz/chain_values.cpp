// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/ethereum/abi.h"
#include "chrona/ethereum/rlp.h"
#include "chrona/ethereum/transaction.h"

#include <array>

using namespace chrona::ethereum;
using chrona::fuzz::mustHold;

namespace {

void readAbi(std::uint8_t choice, ByteView bytes)
{
    constexpr std::array<std::string_view, 8> kTypes{
        "r(string[],address[])",
        "r((uint24,bytes20,uint120,uint8,bool)[][])",
        "r(uint16[3],bytes)",
        "r((bytes32[],(uint24,bytes20,uint120,uint8))[])",
        "r(int8,bool,bytes21)",
        "r(uint256,address)",
        "r(string)",
        "r(bytes20[],uint256[])"};
    const auto signature = parseAbiSignature(kTypes[choice % kTypes.size()]);
    const auto values = decodeAbi(signature->parameters, bytes);
    if (!values)
        return;
    // What was read can be written, and is read as the same.
    const auto written = encodeAbi(signature->parameters, *values);
    mustHold(written.has_value());
    const auto again = decodeAbi(signature->parameters, *written);
    mustHold(again && *again == *values);
}

} // namespace

/// The first byte chooses what the others are: values, a list, a transaction.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const ByteView bytes(data + 2, size - 2);
    switch (data[0] % 5) {
    case 0: readAbi(data[1], bytes); break;
    case 1:
        if (const auto item = decodeRlp(bytes))
            mustHold(encodeRlp(*item) == Bytes(bytes.begin(), bytes.end()));
        break;
    case 2:
        if (const auto transaction = decodeUnsigned(bytes))
            mustHold(signingPayload(*transaction) == Bytes(bytes.begin(), bytes.end()));
        break;
    case 3:
        if (const auto transaction = decodeSigned(bytes))
            mustHold(assemble(transaction->transaction, transaction->signature).raw ==
                     Bytes(bytes.begin(), bytes.end()));
        break;
    default: (void)parseAbiSignature(chrona::fuzz::textOf(data + 2, size - 2));
    }
    return 0;
}
