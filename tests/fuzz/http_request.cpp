// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/http/request_reader.h"

using namespace chrona::http;

/// Whatever a program sends to our port: in pieces, within limits, and the same as in one piece.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    constexpr RequestLimits kLimits{
        .targetBytesMax = 64, .headBytesMax = 512, .headersMax = 8, .bodyBytesMax = 256};
    const std::string_view bytes = chrona::fuzz::textOf(data + 1, size - 1);
    const std::size_t piece = 1 + data[0] % 32;
    RequestReader inPieces(kLimits), atOnce(kLimits);
    atOnce.append(bytes);
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        inPieces.append(bytes.substr(at, piece));
        for (;;) {
            const auto read = inPieces.next();
            if (!read)
                return 0;
            if (!*read)
                break;
            const auto same = atOnce.next();
            chrona::fuzz::mustHold(same && *same);
            chrona::fuzz::mustHold((*same)->path == (*read)->path &&
                                   (*same)->body == (*read)->body &&
                                   (*same)->headers == (*read)->headers);
            chrona::fuzz::mustHold((*read)->body.size() <= kLimits.bodyBytesMax);
        }
        chrona::fuzz::mustHold(inPieces.bufferedBytes() < 2'048);
    }
    return 0;
}
