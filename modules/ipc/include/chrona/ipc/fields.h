// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace chrona::ipc {

enum class Presence : std::uint8_t {
    Defaulted, ///< absent in the message: keeps the struct's default
    Required,  ///< absent in the message: the message is refused
};

/// One member of a struct and its key in CBOR. A struct lists them once, in
/// `static constexpr auto fields()` or in a FieldsOf<> specialisation; encoding and decoding
/// follow.
template <class Owner, class Value> struct Field {
    std::string_view key;
    Value Owner::*member;
    Presence presence;
};

template <class Owner, class Value>
constexpr Field<Owner, Value> field(std::string_view key, Value Owner::*member)
{
    return {key, member, Presence::Defaulted};
}

template <class Owner, class Value>
constexpr Field<Owner, Value> required(std::string_view key, Value Owner::*member)
{
    return {key, member, Presence::Required};
}

template <std::size_t Index, class Field> struct FieldAt {
    Field field;
};

/// The fields of a struct, in their order. An aggregate rather than a std::tuple: choosing among a
/// tuple's constructors costs the compiler ten seconds for all messages, in every file that
/// includes them.
template <class Indices, class... Fields> struct FieldList;
template <std::size_t... Index, class... Fields>
struct FieldList<std::index_sequence<Index...>, Fields...> : FieldAt<Index, Fields>... {
    static constexpr std::size_t kSize = sizeof...(Fields);
    /// Calls `use` with all fields.
    template <class Use> constexpr decltype(auto) apply(Use &&use) const
    {
        return use(static_cast<const FieldAt<Index, Fields> &>(*this).field...);
    }
};

template <class... Fields>
constexpr FieldList<std::index_sequence_for<Fields...>, Fields...> fieldList(Fields... fields)
{
    return {{fields}...};
}

/// Specialised for structs of other modules.
template <class Owner> struct FieldsOf {};

template <class Owner>
    requires requires { Owner::fields(); }
struct FieldsOf<Owner> {
    static constexpr auto fields() { return Owner::fields(); }
};

/// The last enumerator of an enum that is sent; a number above it is refused.
template <class Enum> struct LastOf;

} // namespace chrona::ipc
