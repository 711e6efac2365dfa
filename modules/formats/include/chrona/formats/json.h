// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace chrona::formats {

struct JsonLimits {
    std::size_t bytesMax = 256 << 20;
    std::size_t depthMax = 64;
};

class JsonItems;
class JsonMembers;

/// A value in a JsonDocument, which must outlive it. Cheap to copy. Asking a value for what it is
/// not gives nothing, so that a path into a document can be written without a check at each step:
/// `root["properties"]["mag"].asDouble()`.
class JsonValue {
public:
    enum class Kind : std::uint8_t { Missing, Null, Bool, Integer, Double, String, Array, Object };

    JsonValue() = default;

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] bool isMissing() const { return m_kind == Kind::Missing; }
    /// Missing or null.
    [[nodiscard]] bool isNothing() const { return m_kind <= Kind::Null; }

    [[nodiscard]] std::optional<bool> asBool() const;
    [[nodiscard]] std::optional<std::int64_t> asInteger() const;
    [[nodiscard]] std::optional<double> asDouble() const; ///< of integers too
    [[nodiscard]] std::optional<std::string_view> asString() const;

    /// Missing when this is no object or has no such member; the first where a name appears twice.
    [[nodiscard]] JsonValue operator[](std::string_view name) const;
    [[nodiscard]] JsonItems items() const;     ///< none unless an array
    [[nodiscard]] JsonMembers members() const; ///< none unless an object
    [[nodiscard]] std::size_t size() const;    ///< of an array or object, else 0

    /// The value as JSON text again.
    [[nodiscard]] std::string toJson() const;

private:
    friend class JsonDocument;
    friend class JsonItems;
    friend class JsonMembers;
    using Handle = std::array<std::uint64_t, 2>;
    explicit JsonValue(Handle element);

    Handle m_element{};
    Kind m_kind = Kind::Missing;
};

class JsonItems {
public:
    class Iterator {
    public:
        [[nodiscard]] JsonValue operator*() const;
        Iterator &operator++();
        friend bool operator==(const Iterator &, const Iterator &) = default;

    private:
        friend class JsonValue;
        JsonValue::Handle m_at{};
    };
    [[nodiscard]] Iterator begin() const { return m_begin; }
    [[nodiscard]] Iterator end() const { return m_end; }

private:
    friend class JsonValue;
    Iterator m_begin, m_end;
};

struct JsonMember {
    std::string_view name;
    JsonValue value;
};

class JsonMembers {
public:
    class Iterator {
    public:
        [[nodiscard]] JsonMember operator*() const;
        Iterator &operator++();
        friend bool operator==(const Iterator &, const Iterator &) = default;

    private:
        friend class JsonValue;
        JsonValue::Handle m_at{};
    };
    [[nodiscard]] Iterator begin() const { return m_begin; }
    [[nodiscard]] Iterator end() const { return m_end; }

private:
    friend class JsonValue;
    Iterator m_begin, m_end;
};

/// A parsed JSON document. Refuses what is no JSON, is nested too deep, is too large, is not UTF-8,
/// or holds a number that no double holds. Reading from it is safe from any thread.
class JsonDocument {
public:
    [[nodiscard]] static Result<JsonDocument> parse(std::string_view text,
                                                    const JsonLimits &limits = {});
    ~JsonDocument();
    JsonDocument(JsonDocument &&) noexcept;
    JsonDocument &operator=(JsonDocument &&) noexcept;

    [[nodiscard]] JsonValue root() const;

private:
    struct Parsed;
    explicit JsonDocument(std::unique_ptr<Parsed> parsed);
    std::unique_ptr<Parsed> m_parsed;
};

} // namespace chrona::formats
