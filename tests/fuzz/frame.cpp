// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/ipc/frame.h"

#include <algorithm>
#include <vector>

using namespace chrona;
using namespace chrona::ipc;
using chrona::fuzz::mustHold;

namespace {

constexpr std::size_t kPayloadBytesMax = 4096;

struct Taken {
    std::vector<Frame> frames;
    bool isCorrupt = false;
};

Taken take(std::span<const std::byte> bytes, std::size_t pieceBytes)
{
    Taken taken;
    FrameDecoder decoder(kPayloadBytesMax);
    while (!bytes.empty() && !taken.isCorrupt) {
        auto piece = bytes.first(std::min(pieceBytes, bytes.size()));
        bytes = bytes.subspan(piece.size());
        while (!piece.empty()) {
            auto frame = decoder.take(piece);
            mustHold(decoder.bufferedBytes() <= kFrameHeaderBytes + kPayloadBytesMax);
            if (!frame) {
                taken.isCorrupt = true;
                break;
            }
            if (*frame)
                taken.frames.push_back(std::move(**frame));
        }
    }
    return taken;
}

} // namespace

/// However the stream is cut, the same frames come out, and each can be written as it was.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto bytes = std::as_bytes(std::span(data + 1, size - 1));
    const Taken whole = take(bytes, std::max<std::size_t>(bytes.size(), 1));
    const Taken pieces = take(bytes, 1 + data[0] % 37);
    mustHold(whole.isCorrupt == pieces.isCorrupt && whole.frames.size() == pieces.frames.size());
    for (std::size_t i = 0; i < whole.frames.size(); ++i) {
        mustHold(whole.frames[i].header == pieces.frames[i].header);
        mustHold(whole.frames[i].payload == pieces.frames[i].payload);
        const QByteArray written =
            frameOf(whole.frames[i].header, bytesOf(whole.frames[i].payload));
        const auto again = decodeFrame(bytesOf(written));
        mustHold(again && *again && (*again)->header == whole.frames[i].header);
    }
    (void)decodeFrame(bytes);
    return 0;
}
