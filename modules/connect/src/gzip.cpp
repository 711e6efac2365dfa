// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace chrona::connect {

Result<std::string> gunzip(std::string_view packed, std::size_t bytesMax)
{
    constexpr int kGzipWindow = 15 + 16;
    if (packed.size() > std::numeric_limits<uInt>::max())
        return fail(ErrorCode::InvalidInput, "the frame is too large");
    z_stream stream{};
    if (inflateInit2(&stream, kGzipWindow) != Z_OK)
        return fail(ErrorCode::Exhausted, "there is no memory to unpack the frame");
    // zlib's interface has no const, but does not write there.
    stream.next_in = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string out;
    int state = Z_OK;
    while (state == Z_OK && out.size() < bytesMax) {
        const std::size_t before = out.size();
        const std::size_t room = std::min<std::size_t>(bytesMax - before, 64 << 10);
        out.resize(before + room);
        stream.next_out = reinterpret_cast<Bytef *>(out.data() + before);
        stream.avail_out = static_cast<uInt>(room);
        state = inflate(&stream, Z_NO_FLUSH);
        out.resize(before + room - stream.avail_out);
        if (state == Z_OK && stream.avail_in == 0 && stream.avail_out > 0)
            state = Z_BUF_ERROR;
    }
    inflateEnd(&stream);
    if (state != Z_STREAM_END)
        return fail(ErrorCode::InvalidInput, state == Z_OK ? "the frame unpacks beyond its limit"
                                                           : "the frame does not unpack");
    return out;
}

} // namespace chrona::connect
