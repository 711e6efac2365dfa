// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/hash.h"
#include "chrona/base/ids.h"
#include "chrona/base/time.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::storage {

/// Text that goes into a jsonb column.
struct Json {
    std::string text;
};

/// One value of a statement, held in Postgres' binary form with its type. NULL from an empty
/// optional. A span becomes an array.
class Parameter {
public:
    template <std::same_as<bool> T> Parameter(T value) : Parameter(kBool, {value ? '\1' : '\0'}) {}
    Parameter(std::int16_t value);
    Parameter(std::int32_t value);
    Parameter(std::int64_t value);
    Parameter(float value);
    Parameter(double value);
    Parameter(std::string_view value);
    Parameter(const std::string &value) : Parameter(std::string_view(value)) {}
    Parameter(const char *value) : Parameter(std::string_view(value)) {}
    Parameter(Instant value);
    Parameter(const Hash128 &value);
    Parameter(const Hash256 &value);
    Parameter(const Json &value);
    Parameter(std::span<const std::byte> value);
    template <class Tag> Parameter(Id<Tag> value) : Parameter(value.value) {}
    template <class T> Parameter(const std::optional<T> &value) : Parameter(value.value_or(T{}))
    {
        m_isNull = !value.has_value();
    }

    Parameter(std::span<const std::int16_t> values);
    Parameter(std::span<const std::int64_t> values);
    Parameter(std::span<const double> values);
    Parameter(std::span<const std::string> values);
    Parameter(std::span<const Instant> values);
    Parameter(std::span<const Hash128> values);
    template <class T>
        requires std::constructible_from<Parameter, std::span<const T>>
    Parameter(const std::vector<T> &values) : Parameter(std::span<const T>(values))
    {
    }

    [[nodiscard]] std::uint32_t type() const { return m_type; } ///< Postgres' number of the type
    [[nodiscard]] bool isNull() const { return m_isNull; }
    [[nodiscard]] const std::string &bytes() const { return m_bytes; }

private:
    static constexpr std::uint32_t kBool = 16;
    Parameter(std::uint32_t type, std::string bytes) : m_type(type), m_bytes(std::move(bytes)) {}

    std::uint32_t m_type;
    bool m_isNull = false;
    std::string m_bytes;
};

using Parameters = std::vector<Parameter>;

} // namespace chrona::storage
