// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/packed.h"

#include <zstd.h>

#include <memory>

namespace chrona::formats {
namespace {

constexpr int kArtefactLevel = 1;

/// Made once a thread: that costs more than a short artefact does.
ZSTD_CCtx *packer()
{
    static thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> made(
        ZSTD_createCCtx(), ZSTD_freeCCtx);
    return made.get();
}

ZSTD_DCtx *unpacker()
{
    static thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> made(
        ZSTD_createDCtx(), ZSTD_freeDCtx);
    return made.get();
}

} // namespace

std::string packedBytes(std::string_view bytes)
{
    // Room for less than there was: what does not fit is not worth packing.
    std::string packed(bytes.size(), '\0');
    const std::size_t size = packer() == nullptr
                                 ? 0
                                 : ZSTD_compressCCtx(packer(), packed.data(), packed.size(),
                                                     bytes.data(), bytes.size(), kArtefactLevel);
    packed.resize(ZSTD_isError(size) != 0 || size >= bytes.size() ? 0 : size);
    return packed;
}

Result<std::string> unpackedBytes(std::string_view packed, std::size_t size)
{
    std::string bytes(size, '\0');
    const std::size_t read = unpacker() == nullptr
                                 ? 0
                                 : ZSTD_decompressDCtx(unpacker(), bytes.data(), bytes.size(),
                                                       packed.data(), packed.size());
    if (ZSTD_isError(read) != 0 || read != size)
        return fail(ErrorCode::Corrupt, "what was packed does not unpack to what it was");
    return bytes;
}

} // namespace chrona::formats
