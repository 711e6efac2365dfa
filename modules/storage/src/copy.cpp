// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/copy.h"

#include "failure.h"
#include "wire.h"

#include <libpq-fe.h>

#include <cassert>
#include <charconv>

namespace chrona::storage {
namespace {

constexpr std::string_view kSignature{"PGCOPY\n\377\r\n\0", 11};
constexpr std::size_t kHeaderSize = 19; // signature, flags, length of extensions
constexpr std::size_t kPieceBytes = 64 << 10;

} // namespace

CopyIn::CopyIn(Connection &connection) : m_connection(&connection)
{
    m_buffer.reserve(2 * kPieceBytes);
    m_buffer.append(kSignature);
    wire::append<std::int32_t>(m_buffer, 0);
    wire::append<std::int32_t>(m_buffer, 0);
}

CopyIn::CopyIn(CopyIn &&other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr)), m_buffer(std::move(other.m_buffer))
{
}

CopyIn::~CopyIn()
{
    if (m_connection == nullptr || !m_connection->isUsable())
        return;
    pg_conn *raw = m_connection->m_connection.get();
    PQputCopyEnd(raw, "given up by the client");
    while (PGresult *result = PQgetResult(raw))
        PQclear(result);
}

void CopyIn::append(const void *data, std::size_t size)
{
    wire::append(m_buffer, static_cast<std::int32_t>(size));
    m_buffer.append(static_cast<const char *>(data), size);
}

void CopyIn::beginRow(std::int16_t fields)
{
    wire::append(m_buffer, fields);
}

void CopyIn::null()
{
    wire::append<std::int32_t>(m_buffer, -1);
}

void CopyIn::boolean(bool value)
{
    const char byte = value ? 1 : 0;
    append(&byte, 1);
}

void CopyIn::int16(std::int16_t value)
{
    wire::append<std::int32_t>(m_buffer, sizeof value);
    wire::append(m_buffer, value);
}

void CopyIn::int32(std::int32_t value)
{
    wire::append<std::int32_t>(m_buffer, sizeof value);
    wire::append(m_buffer, value);
}

void CopyIn::int64(std::int64_t value)
{
    wire::append<std::int32_t>(m_buffer, sizeof value);
    wire::append(m_buffer, value);
}

void CopyIn::float32(float value)
{
    int32(std::bit_cast<std::int32_t>(value));
}

void CopyIn::float64(double value)
{
    int64(std::bit_cast<std::int64_t>(value));
}

void CopyIn::text(std::string_view value)
{
    append(value.data(), value.size());
}

void CopyIn::json(std::string_view value)
{
    wire::append(m_buffer, static_cast<std::int32_t>(value.size() + 1));
    m_buffer += wire::kJsonbVersion;
    m_buffer += value;
}

void CopyIn::bytes(std::span<const std::byte> value)
{
    append(value.data(), value.size());
}

void CopyIn::hash128(const Hash128 &value)
{
    append(value.bytes.data(), value.bytes.size());
}

void CopyIn::instant(Instant value)
{
    int64(wire::fromInstant(value));
}

void CopyIn::instant(const std::optional<Instant> &value)
{
    if (value)
        instant(*value);
    else
        null();
}

Status CopyIn::endRow()
{
    return m_buffer.size() >= kPieceBytes ? flush() : Status{};
}

Status CopyIn::flush()
{
    pg_conn *raw = m_connection->m_connection.get();
    if (PQputCopyData(raw, m_buffer.data(), static_cast<int>(m_buffer.size())) != 1)
        return std::unexpected(errorOf(raw));
    m_buffer.clear();
    return {};
}

Result<std::int64_t> CopyIn::finish()
{
    wire::append<std::int16_t>(m_buffer, -1);
    if (Status sent = flush(); !sent)
        return std::unexpected(sent.error());
    const Connection &connection = *std::exchange(m_connection, nullptr);
    pg_conn *raw = connection.m_connection.get();
    if (PQputCopyEnd(raw, nullptr) != 1)
        return std::unexpected(errorOf(raw));
    Result<std::int64_t> outcome = 0;
    while (PGresult *ended = PQgetResult(raw)) {
        const Rows rows(ended);
        if (PQresultStatus(ended) == PGRES_COMMAND_OK)
            outcome = rows.rowsAffected();
        else
            outcome = std::unexpected(connection.failureOf(ended));
    }
    return outcome;
}

Status CopyRow::parse(std::string_view message)
{
    m_count = 0;
    if (message.starts_with(kSignature)) {
        if (message.size() < kHeaderSize)
            return fail(ErrorCode::Corrupt, "COPY header is cut off");
        const auto extension = wire::read<std::uint32_t>(message.data() + kHeaderSize - 4);
        if (extension > message.size() - kHeaderSize)
            return fail(ErrorCode::Corrupt, "COPY header is cut off");
        message.remove_prefix(kHeaderSize + extension);
    }
    if (message.empty())
        return {};
    const auto count =
        message.size() < 2 ? std::int16_t{-2} : wire::read<std::int16_t>(message.data());
    if (count == -1)
        return {};
    if (count < 0 || static_cast<std::size_t>(count) > kFieldsMax)
        return fail(ErrorCode::Corrupt, "COPY row has an impossible number of fields");
    message.remove_prefix(2);
    for (std::int16_t i = 0; i < count; ++i) {
        if (message.size() < 4)
            return fail(ErrorCode::Corrupt, "COPY row is cut off");
        const auto size = wire::read<std::int32_t>(message.data());
        message.remove_prefix(4);
        const std::size_t length = size < 0 ? 0 : static_cast<std::size_t>(size);
        if (length > message.size())
            return fail(ErrorCode::Corrupt, "COPY row is cut off");
        m_fields[static_cast<std::size_t>(i)] = {size < 0 ? nullptr : message.data(), length};
        message.remove_prefix(length);
    }
    m_count = static_cast<std::size_t>(count);
    return {};
}

const char *CopyRow::fixed(std::size_t field, std::size_t size) const
{
    if (field >= m_count || m_fields[field].data == nullptr)
        return nullptr;
    assert(m_fields[field].size == size);
    return m_fields[field].size == size ? m_fields[field].data : nullptr;
}

std::int16_t CopyRow::int16(std::size_t field) const
{
    const char *data = fixed(field, sizeof(std::int16_t));
    return data == nullptr ? std::int16_t{0} : wire::read<std::int16_t>(data);
}

std::int32_t CopyRow::int32(std::size_t field) const
{
    const char *data = fixed(field, sizeof(std::int32_t));
    return data == nullptr ? 0 : wire::read<std::int32_t>(data);
}

std::int64_t CopyRow::int64(std::size_t field) const
{
    const char *data = fixed(field, sizeof(std::int64_t));
    return data == nullptr ? 0 : wire::read<std::int64_t>(data);
}

float CopyRow::float32(std::size_t field) const
{
    return std::bit_cast<float>(int32(field));
}

double CopyRow::float64(std::size_t field) const
{
    return std::bit_cast<double>(int64(field));
}

bool CopyRow::boolean(std::size_t field) const
{
    const char *data = fixed(field, 1);
    return data != nullptr && *data != 0;
}

Instant CopyRow::instant(std::size_t field) const
{
    return wire::toInstant(int64(field));
}

std::string_view CopyRow::text(std::size_t field) const
{
    if (field >= m_count || m_fields[field].data == nullptr)
        return {};
    return {m_fields[field].data, m_fields[field].size};
}

} // namespace chrona::storage
