// SPDX-License-Identifier: AGPL-3.0-or-later
#include "inflate.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <format>
#include <memory>

namespace chrona::net {
namespace {

constexpr std::size_t kPieceBytes = 64 << 10;
constexpr int kZstdWindowLogMax = 23; // 8 MiB, what RFC 8878 asks of decoders

std::unexpected<Error> corruptBody(std::string_view what)
{
    auto error = fail(ErrorCode::Corrupt, std::format("the body {}", what));
    error.error().retryable = true; // a proxy or a broken connection may have cut it
    return error;
}

std::unexpected<Error> tooLarge(std::size_t bytesMax)
{
    return fail(ErrorCode::Exhausted,
                std::format("the body unpacks to more than {} bytes", bytesMax));
}

struct EndInflate {
    void operator()(z_stream *stream) const
    {
        inflateEnd(stream);
        delete stream;
    }
};

Result<std::string> inflateZlib(std::string_view packed, int windowBits, std::size_t bytesMax)
{
    std::unique_ptr<z_stream, EndInflate> stream(new z_stream{});
    if (inflateInit2(stream.get(), windowBits) != Z_OK)
        return fail(ErrorCode::Exhausted, "there is no memory to unpack the body");
    stream->next_in =
        reinterpret_cast<Bytef *>(const_cast<char *>(packed.data())); // zlib reads only
    stream->avail_in = static_cast<uInt>(packed.size());
    std::string out;
    std::array<char, kPieceBytes> piece{};
    for (int state = Z_OK; state != Z_STREAM_END;) {
        stream->next_out = reinterpret_cast<Bytef *>(piece.data());
        stream->avail_out = static_cast<uInt>(piece.size());
        state = ::inflate(stream.get(), Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END)
            return corruptBody(state == Z_BUF_ERROR ? "is cut short" : "does not unpack");
        const std::size_t made = piece.size() - stream->avail_out;
        if (made > bytesMax - out.size())
            return tooLarge(bytesMax);
        out.append(piece.data(), made);
    }
    if (stream->avail_in != 0)
        return corruptBody("goes on behind its end");
    return out;
}

struct FreeZstd {
    void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
};

Result<std::string> inflateZstd(std::string_view packed, std::size_t bytesMax)
{
    const std::unique_ptr<ZSTD_DCtx, FreeZstd> context(ZSTD_createDCtx());
    if (!context ||
        ZSTD_isError(ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kZstdWindowLogMax)))
        return fail(ErrorCode::Exhausted, "there is no memory to unpack the body");
    ZSTD_inBuffer input{packed.data(), packed.size(), 0};
    std::string out;
    std::array<char, kPieceBytes> piece{};
    for (;;) {
        ZSTD_outBuffer output{piece.data(), piece.size(), 0};
        const std::size_t left = ZSTD_decompressStream(context.get(), &output, &input);
        if (ZSTD_isError(left))
            return corruptBody("does not unpack");
        if (output.pos > bytesMax - out.size())
            return tooLarge(bytesMax);
        out.append(piece.data(), output.pos);
        if (left == 0)
            break;
        if (input.pos == input.size && output.pos < output.size)
            return corruptBody("is cut short");
    }
    if (input.pos != input.size)
        return corruptBody("goes on behind its end");
    return out;
}

} // namespace

Result<std::string> inflate(std::string body, std::string_view encoding, std::size_t bytesMax)
{
    constexpr int kGzip = 16 + MAX_WBITS;
    if (encoding.empty() || encoding == "identity") {
        if (body.size() > bytesMax)
            return tooLarge(bytesMax);
        return body;
    }
    if (encoding == "gzip" || encoding == "x-gzip")
        return inflateZlib(body, kGzip, bytesMax);
    if (encoding == "deflate") {
        // The standard means zlib; a good part of the servers sends it without zlib's frame.
        const auto first = body.empty() ? 0U : static_cast<unsigned char>(body.front());
        const bool framed = (first & 0x0fU) == 8 && body.size() > 1 &&
                            (first * 256 + static_cast<unsigned char>(body[1])) % 31 == 0;
        return inflateZlib(body, framed ? MAX_WBITS : -MAX_WBITS, bytesMax);
    }
    if (encoding == "zstd")
        return inflateZstd(body, bytesMax);
    return fail(ErrorCode::Corrupt,
                std::format("the body has the encoding \"{}\", which was not asked for",
                            encoding.substr(0, 40)));
}

} // namespace chrona::net
