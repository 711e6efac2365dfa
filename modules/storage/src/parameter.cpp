// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/parameter.h"

#include "wire.h"

namespace chrona::storage {
namespace {

template <std::integral T> std::string big(T value)
{
    std::string bytes;
    wire::append(bytes, value);
    return bytes;
}

std::string_view view(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

std::string_view view(const Hash128 &hash)
{
    return view(std::as_bytes(std::span(hash.bytes)));
}

/// One dimension, counted from 1, without NULLs.
template <class T, class AppendElement>
std::string array(wire::Type elementType, std::span<const T> values, AppendElement appendElement)
{
    std::string bytes;
    wire::append<std::int32_t>(bytes, values.empty() ? 0 : 1);
    wire::append<std::int32_t>(bytes, 0);
    wire::append<std::uint32_t>(bytes, elementType);
    if (values.empty())
        return bytes;
    wire::append(bytes, static_cast<std::int32_t>(values.size()));
    wire::append<std::int32_t>(bytes, 1);
    for (const T &value : values)
        appendElement(bytes, value);
    return bytes;
}

template <std::integral T> void appendSized(std::string &bytes, T value)
{
    wire::append<std::int32_t>(bytes, sizeof value);
    wire::append(bytes, value);
}

void appendSized(std::string &bytes, std::string_view value)
{
    wire::append(bytes, static_cast<std::int32_t>(value.size()));
    bytes += value;
}

} // namespace

Parameter::Parameter(std::int16_t value) : Parameter(wire::kInt2, big(value)) {}
Parameter::Parameter(std::int32_t value) : Parameter(wire::kInt4, big(value)) {}
Parameter::Parameter(std::int64_t value) : Parameter(wire::kInt8, big(value)) {}
Parameter::Parameter(float value)
    : Parameter(wire::kFloat4, big(std::bit_cast<std::int32_t>(value)))
{
}
Parameter::Parameter(double value)
    : Parameter(wire::kFloat8, big(std::bit_cast<std::int64_t>(value)))
{
}
Parameter::Parameter(std::string_view value) : Parameter(wire::kText, std::string(value)) {}
Parameter::Parameter(Instant value) : Parameter(wire::kTimestamptz, big(wire::fromInstant(value)))
{
}
Parameter::Parameter(const Hash128 &value) : Parameter(wire::kBytea, std::string(view(value))) {}
Parameter::Parameter(const Hash256 &value)
    : Parameter(wire::kBytea, std::string(value.begin(), value.end()))
{
}
Parameter::Parameter(const Json &value) : Parameter(wire::kJsonb, wire::kJsonbVersion + value.text)
{
}
Parameter::Parameter(std::span<const std::byte> value)
    : Parameter(wire::kBytea, std::string(view(value)))
{
}

Parameter::Parameter(std::span<const std::int16_t> values)
    : Parameter(wire::kInt2Array, array(wire::kInt2, values, appendSized<std::int16_t>))
{
}

Parameter::Parameter(std::span<const std::int64_t> values)
    : Parameter(wire::kInt8Array, array(wire::kInt8, values, appendSized<std::int64_t>))
{
}

Parameter::Parameter(std::span<const double> values)
    : Parameter(wire::kFloat8Array,
                array(wire::kFloat8, values, [](std::string &bytes, double value) {
                    appendSized(bytes, std::bit_cast<std::int64_t>(value));
                }))
{
}

Parameter::Parameter(std::span<const std::string> values)
    : Parameter(wire::kTextArray,
                array(wire::kText, values, [](std::string &bytes, const std::string &value) {
                    appendSized(bytes, std::string_view(value));
                }))
{
}

Parameter::Parameter(std::span<const Instant> values)
    : Parameter(wire::kTimestamptzArray,
                array(wire::kTimestamptz, values, [](std::string &bytes, Instant value) {
                    appendSized(bytes, wire::fromInstant(value));
                }))
{
}

Parameter::Parameter(std::span<const Hash128> values)
    : Parameter(wire::kByteaArray,
                array(wire::kBytea, values, [](std::string &bytes, const Hash128 &value) {
                    appendSized(bytes, view(value));
                }))
{
}

} // namespace chrona::storage
