// SPDX-License-Identifier: AGPL-3.0-or-later
#include "payload_file.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace chrona::cli {

Result<std::string> readPayload(const std::string &path)
{
    constexpr std::size_t kPayloadBytesMax = 256 << 20;
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error)
        return fail(ErrorCode::NotFound, "cannot read the file: " + error.message());
    if (size > kPayloadBytesMax)
        return fail(ErrorCode::InvalidInput, "the file is larger than any payload may be");
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    if (size > 0)
        content << file.rdbuf();
    if (!file)
        return fail(ErrorCode::Unavailable, "the file could not be read to its end");
    return std::move(content).str();
}

} // namespace chrona::cli
