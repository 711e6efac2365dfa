// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/hash.h"
#include "chrona/base/time.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct pg_result;

namespace chrona::storage {

class Rows;

/// One row of a result, by column position from 0. Valid as long as its Rows.
///
/// The statement fixes the types, so asking for another one is a fault of the program: it is
/// asserted, and gives zero or empty without assertions. So does NULL, unless it is asked for as
/// optional.
class Row {
public:
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] bool boolean(int column) const;
    [[nodiscard]] std::int16_t int16(int column) const;
    [[nodiscard]] std::int32_t int32(int column) const;
    [[nodiscard]] std::int64_t int64(int column) const;
    [[nodiscard]] float float32(int column) const;
    [[nodiscard]] double float64(int column) const;
    [[nodiscard]] std::string_view
    text(int column) const; ///< also json and, without its version, jsonb
    [[nodiscard]] std::string string(int column) const { return std::string(text(column)); }
    [[nodiscard]] Instant instant(int column) const;
    [[nodiscard]] std::optional<Instant> optionalInstant(int column) const;
    [[nodiscard]] std::span<const std::byte> bytes(int column) const;
    [[nodiscard]] Hash128 hash128(int column) const;
    [[nodiscard]] std::vector<std::string> strings(int column) const; ///< of text[]
    [[nodiscard]] std::vector<std::int64_t> int64s(int column) const; ///< of int8[]
    [[nodiscard]] std::vector<std::int16_t> int16s(int column) const; ///< of int2[]
    [[nodiscard]] std::vector<float> float32s(int column) const;      ///< of float4[]

private:
    friend class Rows;
    Row(const pg_result *result, int row) : m_result(result), m_row(row) {}
    [[nodiscard]] std::span<const char> value(int column, std::size_t sizeExpected) const;

    const pg_result *m_result;
    int m_row;
};

/// The result of a statement, in binary form. Any thread may read it; one thread owns it.
class Rows {
public:
    class Iterator {
    public:
        Row operator*() const { return m_rows->at(m_row); }
        Iterator &operator++() { ++m_row; return *this; }
        bool operator==(const Iterator &) const = default;

    private:
        friend class Rows;
        Iterator(const Rows *rows, int row) : m_rows(rows), m_row(row) {}
        const Rows *m_rows;
        int m_row;
    };

    explicit Rows(pg_result *result); ///< takes it over
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool isEmpty() const { return size() == 0; }
    [[nodiscard]] Row at(int row) const { return {m_result.get(), row}; }
    [[nodiscard]] Row first() const { return at(0); } ///< of a result that is not empty
    [[nodiscard]] Iterator begin() const { return {this, 0}; }
    [[nodiscard]] Iterator end() const { return {this, static_cast<int>(size())}; }
    /// Of INSERT, UPDATE, DELETE, COPY.
    [[nodiscard]] std::int64_t rowsAffected() const;

private:
    struct Clear { void operator()(pg_result *result) const; };
    std::unique_ptr<pg_result, Clear> m_result;
};

} // namespace chrona::storage
