// SPDX-License-Identifier: AGPL-3.0-or-later
#include "row_files.h"

#include <charconv>
#include <format>
#include <fstream>

namespace chrona::cli {
namespace {

constexpr std::size_t kRowFileBytesMax = std::size_t{4} << 30;
constexpr std::size_t kRefusedRowsShown = 20;

} // namespace

void RowSink::refuse(std::uint64_t line, std::string_view reason)
{
    ++refusedCount;
    if (refused.size() < kRefusedRowsShown)
        refused.push_back(std::format("line {}: {}", line, reason));
}

Result<std::string> fileContent(const std::filesystem::path &path, std::string_view remedy)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error)
        return fail(ErrorCode::NotFound,
                    std::format("{} cannot be read: {}", path.string(), error.message()),
                    std::string(remedy));
    if (size > kRowFileBytesMax)
        return fail(ErrorCode::InvalidInput, std::format("{} is larger than 4 GiB", path.string()));
    std::string content(size, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(content.data(), static_cast<std::streamsize>(size));
    if (!file || file.gcount() != static_cast<std::streamsize>(size))
        return fail(ErrorCode::Unavailable,
                    std::format("{} could not be read to its end", path.string()));
    return content;
}

Status readRows(std::string_view content, RowSink &sink)
{
    formats::CsvReader reader;
    if (auto pushed = reader.push(content, sink); !pushed)
        return pushed;
    return reader.finish(sink);
}

Status readAllRows(std::string_view name, std::string_view content, RowSink::Taker take)
{
    RowSink sink(std::move(take));
    if (auto done = readRows(content, sink); !done)
        return fail(done.error().code, std::format("{}: {}", name, done.error().what));
    if (!sink.refused.empty())
        return fail(ErrorCode::InvalidInput, std::format("{}, {}", name, sink.refused.front()),
                    "correct the row: every result would depend on it");
    return {};
}

std::string wrongHeader(const formats::CsvRow &row, std::initializer_list<std::string_view> wanted)
{
    std::size_t i = 0;
    for (const auto name : wanted)
        if (i >= row.fields.size() || row.fields[i++] != name)
            return std::format("the header must begin with column {}", name);
    return {};
}

double numberOf(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : kNoNumber;
}

Status writeWhole(const std::filesystem::path &path, std::string_view content)
{
    std::filesystem::path part = path;
    part += ".part";
    std::ofstream file(part, std::ios::binary | std::ios::trunc);
    file << content;
    file.close();
    std::error_code error;
    if (file)
        std::filesystem::rename(part, path, error);
    if (!file || error) {
        std::error_code ignored;
        std::filesystem::remove(part, ignored);
        return fail(ErrorCode::Unavailable, std::format("{} cannot be written", path.string()),
                    "check that the folder exists, is writable and has space");
    }
    return {};
}

} // namespace chrona::cli
