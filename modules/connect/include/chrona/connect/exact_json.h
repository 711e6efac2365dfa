// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

/// JSON whose numbers keep their digits.
///
/// Prices, trade ids and nanoseconds do not fit a double, and a checksum is made of the very digits
/// that a venue sent ("0.10000000"), so numbers stay text here (ADR 0039). Strict: NaN, comments,
/// trailing commas and single quotes are refused.
namespace chrona::connect {

enum class JsonFlaw : std::uint8_t { None, Empty, Truncated, NotJson };

struct ExactJsonLimits {
    std::size_t bytesMax = 16 << 20;
    std::size_t nodesMax = 2'000'000;
    std::size_t depthMax = 32;
};

class ExactJson;

/// A value inside an ExactJson, which must outlive it. Cheap to copy. Asking a value for what it is
/// not gives nothing, so a path can be written without a check at each step.
class JsonRef {
public:
    enum class Kind : std::uint8_t { Missing, Null, Bool, Number, String, Array, Object };

    JsonRef() = default;
    [[nodiscard]] Kind kind() const;
    [[nodiscard]] bool isArray() const { return kind() == Kind::Array; }
    [[nodiscard]] bool isObject() const { return kind() == Kind::Object; }
    [[nodiscard]] bool isText() const { return kind() == Kind::String; }
    [[nodiscard]] bool isMissing() const { return kind() == Kind::Missing; }
    [[nodiscard]] bool isNothing() const { return kind() <= Kind::Null; } ///< missing or null
    [[nodiscard]] bool isTrue() const;

    /// The decoded text of a string, the digits of a number, "true", "false"; else empty.
    [[nodiscard]] std::string_view text() const;
    /// The bytes of the value as they stood in the document.
    [[nodiscard]] std::string_view raw() const;
    [[nodiscard]] std::string_view key() const; ///< of a member of an object
    [[nodiscard]] std::size_t size() const;     ///< of an array or object, else 0

    [[nodiscard]] JsonRef operator[](std::string_view name) const;
    [[nodiscard]] JsonRef operator[](std::size_t index) const;
    /// "data.0.bid": names of members and indices of items, joined by dots. Empty: missing.
    [[nodiscard]] JsonRef at(std::string_view path) const;

    class Iterator {
    public:
        Iterator(const ExactJson *json, std::uint32_t node) : m_json(json), m_node(node) {}
        [[nodiscard]] JsonRef operator*() const { return {m_json, m_node}; }
        Iterator &operator++();
        friend bool operator==(const Iterator &left, const Iterator &right)
        {
            return left.m_node == right.m_node;
        }

    private:
        const ExactJson *m_json;
        std::uint32_t m_node;
    };
    /// The items of an array or the members of an object; none of anything else.
    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const;

private:
    friend class ExactJson;
    JsonRef(const ExactJson *json, std::uint32_t node) : m_json(json), m_node(node) {}
    const ExactJson *m_json = nullptr;
    std::uint32_t m_node = 0;
};

/// A parsed document. Keeps views into the text it was made from, which must outlive it. Not
/// copied or moved, because its values point at it. Reading is safe from any thread.
class ExactJson {
public:
    explicit ExactJson(std::string_view text, const ExactJsonLimits &limits = {});
    ExactJson(const ExactJson &) = delete;
    ExactJson &operator=(const ExactJson &) = delete;

    /// What is wrong with the text as a whole. Nothing can be read from it then.
    [[nodiscard]] JsonFlaw flaw() const { return m_flaw; }
    [[nodiscard]] JsonRef root() const;

private:
    friend class JsonRef;
    class Parser;
    struct Node {
        std::string_view key, text, raw;
        std::uint32_t next = 0;  ///< the following sibling; 0: the last
        std::uint32_t child = 0; ///< the first item or member; 0: none
        std::uint32_t count = 0;
        JsonRef::Kind kind = JsonRef::Kind::Missing;
    };
    std::vector<Node> m_nodes;         ///< the first one stands for what is missing
    std::deque<std::string> m_decoded; ///< texts that had escapes
    JsonFlaw m_flaw = JsonFlaw::None;
};

} // namespace chrona::connect
