// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

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
