// SPDX-License-Identifier: AGPL-3.0-or-later
#include "codec.h"

#include <QUtf8StringView>

#include <algorithm>
#include <format>
#include <limits>

namespace chrona::ipc {
namespace {

// Years 1 to 9999, which is what formatInstant() can say and Postgres keeps.
constexpr std::int64_t kInstantMin = -62'135'596'800'000'000;
constexpr std::int64_t kInstantMax = 253'402'300'799'999'999;
constexpr qsizetype kKeyBytesMax = 64;

} // namespace

void Encoder::writeMap(WrittenSlots slots)
{
    m_writer.startMap();
    for (const Slot<const void *> &slot : slots) {
        if (slot.coding->isAbsent(slot.value))
            continue;
        m_writer.appendTextString(slot.key.data(), static_cast<qsizetype>(slot.key.size()));
        slot.coding->write(*this, slot.value);
    }
    m_writer.endMap();
}

Decoder::Decoder(std::span<const std::byte> cbor, Limits limits)
    : m_reader(reinterpret_cast<const char *>(cbor.data()), static_cast<qsizetype>(cbor.size())),
      m_size(static_cast<qint64>(cbor.size())), m_nestingLeft(limits.nestingMax),
      m_bytesLeft(limits.decodedBytesMax)
{
}

bool Decoder::finish()
{
    return m_reader.currentOffset() == m_size ? true : refuse("is followed by other bytes");
}

Error Decoder::error() const
{
    return {ErrorCode::Corrupt,
            std::format("message: {}{}{}", m_path, m_path.empty() ? "" : " ", m_reason)};
}

bool Decoder::refuse(std::string_view reason)
{
    if (m_reason.empty())
        m_reason = reason;
    return false;
}

bool Decoder::charge(std::size_t bytes)
{
    if (bytes > m_bytesLeft)
        return refuse("is too large");
    m_bytesLeft -= bytes;
    return true;
}

bool Decoder::enter()
{
    if (m_nestingLeft == 0)
        return refuse("is nested too deeply");
    --m_nestingLeft;
    return m_reader.enterContainer() ? true : refuse("is cut off");
}

bool Decoder::leave()
{
    ++m_nestingLeft;
    return m_reader.lastError() == QCborError::NoError && m_reader.leaveContainer()
               ? true
               : refuse("is cut off");
}

bool Decoder::atString(QCborStreamReader::Type type)
{
    if (m_reader.type() != type)
        return refuse(type == QCborStreamReader::String ? "is not a text" : "is not a byte string");
    // Only definite lengths, which is all that Encoder writes: nothing is allocated before the
    // announced bytes are known to be there.
    if (!m_reader.isLengthKnown() ||
        m_reader.length() > static_cast<quint64>(m_size - m_reader.currentOffset()))
        return refuse("is cut off");
    return true;
}

bool Decoder::readBytes(QByteArray &bytes)
{
    const bool isText = m_reader.isString();
    if (!charge(m_reader.length()))
        return false;
    bytes = isText ? m_reader.readAllUtf8String() : m_reader.readAllByteArray();
    if (m_reader.lastError() != QCborError::NoError)
        return refuse("is cut off or no valid text");
    return true;
}

bool Decoder::readKey(std::string &key)
{
    QByteArray bytes;
    if (!atString(QCborStreamReader::String))
        return false;
    if (m_reader.length() > static_cast<quint64>(kKeyBytesMax))
        return refuse("has a key that is too long");
    if (!readBytes(bytes))
        return false;
    key.assign(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    return true;
}

bool Decoder::readInteger(bool &negative, std::uint64_t &magnitude)
{
    negative = m_reader.isNegativeInteger();
    if (negative) {
        magnitude = static_cast<std::uint64_t>(m_reader.toNegativeInteger());
        if (magnitude == 0 || magnitude > std::uint64_t{1} << 63)
            return refuse("is out of range");
    } else if (m_reader.isUnsignedInteger()) {
        magnitude = m_reader.toUnsignedInteger();
    } else {
        return refuse("is not a whole number");
    }
    return m_reader.next() ? true : refuse("is cut off");
}

bool Decoder::skip()
{
    return m_reader.next(m_nestingLeft) ? true : refuse("is cut off or nested too deeply");
}

bool Decoder::readMap(ReadSlots slots)
{
    if (!m_reader.isMap())
        return refuse("is not a map");
    if (!enter())
        return false;
    std::uint64_t seen = 0;
    std::string key;
    while (m_reader.hasNext()) {
        if (!readKey(key) || !readSlot(slots, key, seen))
            return false;
    }
    return leave() && haveRequired(slots, seen);
}

bool Decoder::readSlot(ReadSlots slots, const std::string &key, std::uint64_t &seen)
{
    const auto slot = std::ranges::find(slots, key, &Slot<void *>::key);
    if (slot == slots.end())
        return skip();
    const std::uint64_t bit = std::uint64_t{1} << (slot - slots.begin());
    const bool good =
        (seen & bit) == 0 ? slot->coding->read(*this, slot->value) : refuse("comes twice");
    seen |= bit;
    if (!good)
        m_path.insert(0, m_path.empty() ? key : key + '.');
    return good;
}

bool Decoder::haveRequired(ReadSlots slots, std::uint64_t seen)
{
    for (std::size_t i = slots.size(); i-- > 0;)
        if (slots[i].presence == Presence::Required && (seen >> i & 1U) == 0) {
            m_path = slots[i].key;
            return refuse("is missing");
        }
    return true;
}

bool Decoder::read(bool &value)
{
    if (!m_reader.isBool())
        return refuse("is not true or false");
    value = m_reader.toBool();
    return m_reader.next() ? true : refuse("is cut off");
}

bool Decoder::read(double &value)
{
    if (m_reader.isDouble())
        value = m_reader.toDouble();
    else if (m_reader.isFloat())
        value = static_cast<double>(m_reader.toFloat());
    else
        return refuse("is not a number with a fraction");
    if (!std::isfinite(value))
        return refuse("is not finite");
    return m_reader.next() ? true : refuse("is cut off");
}

bool Decoder::read(float &value)
{
    double wide = 0;
    if (!read(wide))
        return false;
    if (std::abs(wide) > static_cast<double>(std::numeric_limits<float>::max()))
        return refuse("is out of range");
    value = static_cast<float>(wide);
    return true;
}

bool Decoder::read(Instant &value)
{
    std::int64_t microseconds = 0;
    if (!read(microseconds))
        return false;
    if (microseconds < kInstantMin || microseconds > kInstantMax)
        return refuse("is no time between the years 1 and 9999");
    value = Instant(Duration(microseconds));
    return true;
}

bool Decoder::read(Duration &value)
{
    std::int64_t microseconds = 0;
    if (!read(microseconds))
        return false;
    if (microseconds < kInstantMin || microseconds > kInstantMax)
        return refuse("is too long");
    value = Duration(microseconds);
    return true;
}

bool Decoder::read(std::string &text)
{
    QByteArray bytes;
    if (!atString(QCborStreamReader::String) || !readBytes(bytes))
        return false;
    if (!QUtf8StringView(bytes).isValidUtf8())
        return refuse("is not valid UTF-8");
    text.assign(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    return true;
}

bool Decoder::read(Hash128 &hash)
{
    QByteArray bytes;
    if (!atString(QCborStreamReader::ByteArray) || !readBytes(bytes))
        return false;
    if (static_cast<std::size_t>(bytes.size()) != hash.bytes.size())
        return refuse("is not 16 bytes");
    std::memcpy(hash.bytes.data(), bytes.constData(), hash.bytes.size());
    return true;
}

bool Decoder::read(std::vector<std::byte> &out)
{
    QByteArray bytes;
    if (!atString(QCborStreamReader::ByteArray) || !readBytes(bytes))
        return false;
    const auto view =
        std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    out.assign(view.begin(), view.end());
    return true;
}

bool Decoder::read(std::vector<schema::GeoPoint> &points)
{
    QByteArray bytes;
    if (!atString(QCborStreamReader::ByteArray) || !readBytes(bytes))
        return false;
    const auto size = static_cast<std::size_t>(bytes.size());
    if (size % sizeof(schema::GeoPoint) != 0)
        return refuse("is not a list of points");
    points.resize(size / sizeof(schema::GeoPoint));
    if (size > 0)
        std::memcpy(points.data(), bytes.constData(), size);
    const auto isFinite = [](const schema::GeoPoint &point) {
        return std::isfinite(point.longitude) && std::isfinite(point.latitude);
    };
    return std::ranges::all_of(points, isFinite) ? true : refuse("has a point that is not finite");
}

bool Decoder::read(schema::EventColumns &rows)
{
    QByteArray bytes;
    if (!atString(QCborStreamReader::ByteArray) || !readBytes(bytes))
        return false;
    rows.clear();
    const auto block =
        std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    if (auto appended = appendBlock(rows, block); !appended)
        return refuse(appended.error().what);
    return true;
}

bool Decoder::read(schema::AttributeValue &value)
{
    if (m_reader.isBool())
        return read(value.emplace<bool>());
    if (m_reader.isInteger())
        return read(value.emplace<std::int64_t>());
    if (m_reader.isString())
        return read(value.emplace<std::string>());
    return read(value.emplace<double>());
}

bool Decoder::read(schema::Attributes &attributes)
{
    if (!m_reader.isMap())
        return refuse("is not a map");
    if (!enter())
        return false;
    attributes.clear();
    while (m_reader.hasNext()) {
        if (!charge(sizeof(schema::Attribute)))
            return false;
        schema::Attribute &attribute = attributes.emplace_back();
        if (!readKey(attribute.key) || !read(attribute.value))
            return false;
        if (attributes.size() > 1 && attributes[attributes.size() - 2].key >= attribute.key)
            return refuse("has attributes out of order");
    }
    return leave();
}

} // namespace chrona::ipc
