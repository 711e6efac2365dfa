// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/rows.h"

#include "wire.h"

#include <libpq-fe.h>

#include <cassert>
#include <charconv>

namespace chrona::storage {
namespace {

/// Elements of an array of one dimension; NULL reads as empty. Stops where sizes do not fit.
template <class Visit> void forEachElement(std::span<const char> bytes, Visit visit)
{
    constexpr std::size_t kHeader = 5 * sizeof(std::int32_t);
    if (bytes.size() < kHeader)
        return;
    const auto count = wire::read<std::int32_t>(bytes.data() + 3 * sizeof(std::int32_t));
    bytes = bytes.subspan(kHeader);
    for (std::int32_t i = 0; i < count && bytes.size() >= sizeof(std::int32_t); ++i) {
        const auto size = wire::read<std::int32_t>(bytes.data());
        bytes = bytes.subspan(sizeof size);
        const std::size_t length = size < 0 ? 0 : static_cast<std::size_t>(size);
        if (length > bytes.size())
            return;
        visit(std::string_view(bytes.data(), length));
        bytes = bytes.subspan(length);
    }
}

template <std::integral T> std::vector<T> numbers(std::span<const char> bytes)
{
    std::vector<T> result;
    forEachElement(bytes, [&result](std::string_view element) {
        assert(element.size() == sizeof(T));
        result.push_back(element.size() == sizeof(T) ? wire::read<T>(element.data()) : T{0});
    });
    return result;
}

} // namespace

std::span<const char> Row::value(int column, std::size_t sizeExpected) const
{
    const char *data = PQgetvalue(m_result, m_row, column);
    if (data == nullptr || PQgetisnull(m_result, m_row, column) != 0)
        return {};
    const auto size = static_cast<std::size_t>(PQgetlength(m_result, m_row, column));
    assert(sizeExpected == 0 || size == sizeExpected);
    if (sizeExpected != 0 && size != sizeExpected)
        return {};
    return {data, size};
}

bool Row::isNull(int column) const
{
    return PQgetisnull(m_result, m_row, column) != 0;
}

bool Row::boolean(int column) const
{
    const auto bytes = value(column, 1);
    return !bytes.empty() && bytes.front() != 0;
}

std::int16_t Row::int16(int column) const
{
    const auto bytes = value(column, sizeof(std::int16_t));
    return bytes.empty() ? std::int16_t{0} : wire::read<std::int16_t>(bytes.data());
}

std::int32_t Row::int32(int column) const
{
    const auto bytes = value(column, sizeof(std::int32_t));
    return bytes.empty() ? 0 : wire::read<std::int32_t>(bytes.data());
}

std::int64_t Row::int64(int column) const
{
    const auto bytes = value(column, sizeof(std::int64_t));
    return bytes.empty() ? 0 : wire::read<std::int64_t>(bytes.data());
}

float Row::float32(int column) const
{
    return std::bit_cast<float>(int32(column));
}

double Row::float64(int column) const
{
    return std::bit_cast<double>(int64(column));
}

std::string_view Row::text(int column) const
{
    const auto bytes = value(column, 0);
    const std::size_t skipped =
        !bytes.empty() && PQftype(m_result, column) == wire::kJsonb ? 1 : 0;
    return {bytes.data() + skipped, bytes.size() - skipped};
}

Instant Row::instant(int column) const
{
    return wire::toInstant(int64(column));
}

std::optional<Instant> Row::optionalInstant(int column) const
{
    if (isNull(column))
        return std::nullopt;
    return instant(column);
}

std::span<const std::byte> Row::bytes(int column) const
{
    return std::as_bytes(value(column, 0));
}

Hash128 Row::hash128(int column) const
{
    Hash128 hash;
    if (const auto bytes = value(column, hash.bytes.size()); !bytes.empty())
        std::memcpy(hash.bytes.data(), bytes.data(), bytes.size());
    return hash;
}

std::vector<std::string> Row::strings(int column) const
{
    std::vector<std::string> result;
    forEachElement(value(column, 0),
                   [&result](std::string_view element) { result.emplace_back(element); });
    return result;
}

std::vector<std::int64_t> Row::int64s(int column) const
{
    return numbers<std::int64_t>(value(column, 0));
}

std::vector<std::int16_t> Row::int16s(int column) const
{
    return numbers<std::int16_t>(value(column, 0));
}

std::vector<float> Row::float32s(int column) const
{
    std::vector<float> result;
    for (const std::int32_t bits : numbers<std::int32_t>(value(column, 0)))
        result.push_back(std::bit_cast<float>(bits));
    return result;
}

void Rows::Clear::operator()(pg_result *result) const
{
    PQclear(result);
}

Rows::Rows(pg_result *result) : m_result(result) {}

std::size_t Rows::size() const
{
    return static_cast<std::size_t>(PQntuples(m_result.get()));
}

std::int64_t Rows::rowsAffected() const
{
    const std::string_view text = PQcmdTuples(m_result.get());
    std::int64_t count = 0;
    std::from_chars(text.data(), text.data() + text.size(), count);
    return count;
}

} // namespace chrona::storage
