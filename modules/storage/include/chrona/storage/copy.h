// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/hash.h"
#include "chrona/base/result.h"
#include "chrona/base/time.h"
#include "chrona/storage/connection.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace chrona::storage {

/// Rows on their way into a table by binary COPY. Begin each row with its number of fields, then
/// give that many values of exactly the columns' types: COPY converts nothing.
///
/// Destroyed before finish() succeeded, it tells the server to drop all of its rows. Keep the
/// connection alive and unused meanwhile.
class CopyIn {
public:
    CopyIn(CopyIn &&other) noexcept;
    CopyIn &operator=(CopyIn &&) = delete;
    ~CopyIn();

    void beginRow(std::int16_t fields);
    void null();
    void boolean(bool value);
    void int16(std::int16_t value);
    void int32(std::int32_t value);
    void int64(std::int64_t value);
    void float32(float value);
    void float64(double value);
    void text(std::string_view value);
    void json(std::string_view value); ///< for jsonb
    void bytes(std::span<const std::byte> value);
    void hash128(const Hash128 &value);
    void instant(Instant value);
    void instant(const std::optional<Instant> &value);

    /// Sends what has gathered once that is a good piece; call after each row.
    [[nodiscard]] Status endRow();
    /// Rows that arrived. Only now have the table's checks passed.
    [[nodiscard]] Result<std::int64_t> finish();

private:
    friend class Connection;
    explicit CopyIn(Connection &connection);
    [[nodiscard]] Status flush();
    void append(const void *data, std::size_t size);

    Connection *m_connection;
    std::string m_buffer;
};

/// One row of COPY … TO STDOUT. As with Row, a wrong type is a fault of the program: zero or empty.
class CopyRow {
public:
    static constexpr std::size_t kFieldsMax = 32;
    [[nodiscard]] std::size_t size() const { return m_count; }
    [[nodiscard]] bool isNull(std::size_t field) const { return m_fields[field].data == nullptr; }
    [[nodiscard]] std::int16_t int16(std::size_t field) const;
    [[nodiscard]] std::int32_t int32(std::size_t field) const;
    [[nodiscard]] std::int64_t int64(std::size_t field) const;
    [[nodiscard]] float float32(std::size_t field) const;
    [[nodiscard]] double float64(std::size_t field) const;
    [[nodiscard]] bool boolean(std::size_t field) const;
    [[nodiscard]] Instant instant(std::size_t field) const;
    [[nodiscard]] std::string_view text(std::size_t field) const;

    /// Reads one message; Corrupt when sizes do not fit.
    [[nodiscard]] Status parse(std::string_view message);

private:
    struct Field {
        const char *data;
        std::size_t size;
    };
    [[nodiscard]] const char *fixed(std::size_t field, std::size_t size) const;
    std::array<Field, kFieldsMax> m_fields;
    std::size_t m_count = 0;
};

} // namespace chrona::storage
