// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/hash.h"
#include "chrona/base/ids.h"
#include "chrona/base/result.h"
#include "chrona/base/time.h"
#include "chrona/ipc/columns.h"
#include "chrona/ipc/fields.h"
#include "chrona/schema/attributes.h"
#include "chrona/schema/geometry.h"

#include <QByteArray>
#include <QCborStreamReader>
#include <QCborStreamWriter>

#include <array>
#include <cmath>
#include <concepts>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

/// CBOR of any struct that lists its fields. Numbers, bools, strings, enums (as numbers), Instant
/// and Duration (as microseconds), ids, optionals (absent when empty), vectors, nested structs.
namespace chrona::ipc {

template <class T>
concept Listed = requires { FieldsOf<T>::fields(); };

class Encoder;
class Decoder;

/// How a type of field is written and read: made once for each type, where code for each field of
/// each struct took the compiler a minute.
struct ValueCoding {
    bool (*isAbsent)(const void *value);
    void (*write)(Encoder &encoder, const void *value);
    bool (*read)(Decoder &decoder, void *value);
};

/// A field of the struct at hand. `Pointer`: void * where it is read, const void * where written.
template <class Pointer> struct Slot {
    std::string_view key;
    Presence presence;
    const ValueCoding *coding;
    Pointer value;
};
using WrittenSlots = std::span<const Slot<const void *>>;
using ReadSlots = std::span<const Slot<void *>>;

template <class Pointer, class T> [[nodiscard]] auto slotsOf(T &object);

class Encoder {
public:
    template <Listed T> [[nodiscard]] static QByteArray encode(const T &message)
    {
        QByteArray out;
        QCborStreamWriter writer(&out);
        Encoder(writer).write(message);
        return out;
    }

private:
    friend struct Coding;
    explicit Encoder(QCborStreamWriter &writer) : m_writer(writer) {}

    void write(bool value) { m_writer.append(value); }
    void write(float value) { m_writer.append(value); }
    void write(double value) { m_writer.append(value); }
    void write(Instant value) { write(value.time_since_epoch().count()); }
    void write(Duration value) { write(value.count()); }
    void write(const std::string &text)
    {
        m_writer.appendTextString(text.data(), static_cast<qsizetype>(text.size()));
    }
    void write(const std::vector<std::byte> &bytes) { writeBytes(bytes.data(), bytes.size()); }
    void write(const Hash128 &hash) { writeBytes(hash.bytes.data(), hash.bytes.size()); }
    /// Points as pairs of doubles: a border of thousands of points must not become thousands of
    /// maps.
    void write(const std::vector<schema::GeoPoint> &points)
    {
        writeBytes(points.data(), points.size() * sizeof(schema::GeoPoint));
    }
    void write(const schema::EventColumns &rows)
    {
        const QByteArray block = encodeBlock(rows, {0, rows.size()});
        writeBytes(block.constData(), static_cast<std::size_t>(block.size()));
    }
    void write(const schema::Attributes &attributes)
    {
        m_writer.startMap(attributes.size());
        for (const schema::Attribute &attribute : attributes) {
            write(attribute.key);
            std::visit([this](const auto &value) { write(value); }, attribute.value);
        }
        m_writer.endMap();
    }
    template <std::signed_integral T> void write(T value) { m_writer.append(qint64{value}); }
    template <std::unsigned_integral T> void write(T value) { m_writer.append(quint64{value}); }
    template <class T>
        requires std::is_enum_v<T>
    void write(T value)
    {
        write(std::to_underlying(value));
    }
    template <class Tag> void write(Id<Tag> id) { write(id.value); }
    template <class T> void write(const std::vector<T> &list)
    {
        m_writer.startArray(list.size());
        for (const T &item : list)
            write(item);
        m_writer.endArray();
    }
    template <class T> void write(const std::optional<T> &value) { write(*value); }
    template <Listed T> void write(const T &object) { writeMap(slotsOf<const void *>(object)); }
    void writeMap(WrittenSlots slots);
    void writeBytes(const void *data, std::size_t size)
    {
        m_writer.appendByteString(static_cast<const char *>(data), static_cast<qsizetype>(size));
    }

    QCborStreamWriter &m_writer;
};

/// Reads what Encoder writes, from bytes that anybody may have made: every length is held against
/// what is there, every number against its range, and what comes out against a memory limit.
class Decoder {
public:
    struct Limits {
        int nestingMax;
        std::size_t decodedBytesMax;
    };

    template <Listed T>
    [[nodiscard]] static Result<T> decode(std::span<const std::byte> cbor, Limits limits)
    {
        Decoder decoder(cbor, limits);
        T message;
        if (!decoder.read(message) || !decoder.finish())
            return std::unexpected(decoder.error());
        return message;
    }

private:
    friend struct Coding;
    Decoder(std::span<const std::byte> cbor, Limits limits);

    [[nodiscard]] bool finish();
    [[nodiscard]] Error error() const;
    /// Notes the first reason; false, so that callers can return it.
    bool refuse(std::string_view reason);
    [[nodiscard]] bool charge(std::size_t bytes);
    [[nodiscard]] bool enter();
    [[nodiscard]] bool leave();
    /// At a definite-length string whose bytes are there.
    [[nodiscard]] bool atString(QCborStreamReader::Type type);
    [[nodiscard]] bool readBytes(QByteArray &bytes);
    [[nodiscard]] bool readKey(std::string &key);
    [[nodiscard]] bool readInteger(bool &negative, std::uint64_t &magnitude);
    [[nodiscard]] bool skip();
    [[nodiscard]] bool readMap(ReadSlots slots);
    [[nodiscard]] bool readSlot(ReadSlots slots, const std::string &key, std::uint64_t &seen);
    [[nodiscard]] bool haveRequired(ReadSlots slots, std::uint64_t seen);

    [[nodiscard]] bool read(bool &value);
    [[nodiscard]] bool read(double &value);
    [[nodiscard]] bool read(float &value);
    [[nodiscard]] bool read(Instant &value);
    [[nodiscard]] bool read(Duration &value);
    [[nodiscard]] bool read(std::string &text);
    [[nodiscard]] bool read(std::vector<std::byte> &bytes);
    [[nodiscard]] bool read(Hash128 &hash);
    [[nodiscard]] bool read(std::vector<schema::GeoPoint> &points);
    [[nodiscard]] bool read(schema::EventColumns &rows);
    [[nodiscard]] bool read(schema::Attributes &attributes);
    [[nodiscard]] bool read(schema::AttributeValue &value);

    template <std::integral T>
        requires(!std::same_as<T, bool>)
    [[nodiscard]] bool read(T &value)
    {
        bool negative = false;
        std::uint64_t magnitude = 0;
        if (!readInteger(negative, magnitude))
            return false;
        // A magnitude of 2^63 is the smallest 64-bit number; its negation wraps onto itself.
        const auto below = static_cast<std::int64_t>(~magnitude + 1);
        if (negative ? !std::in_range<T>(below) : !std::in_range<T>(magnitude))
            return refuse("is out of range");
        value = negative ? static_cast<T>(below) : static_cast<T>(magnitude);
        return true;
    }
    template <class T>
        requires std::is_enum_v<T>
    [[nodiscard]] bool read(T &value)
    {
        std::underlying_type_t<T> number{};
        if (!read(number))
            return false;
        static_assert(std::is_unsigned_v<decltype(number)>);
        if (number > std::to_underlying(LastOf<T>::value))
            return refuse("is not one of its values");
        value = static_cast<T>(number);
        return true;
    }
    template <class Tag> [[nodiscard]] bool read(Id<Tag> &id) { return read(id.value); }
    template <class T> [[nodiscard]] bool read(std::optional<T> &value)
    {
        return read(value.emplace());
    }
    template <class T> [[nodiscard]] bool read(std::vector<T> &list)
    {
        if (!m_reader.isArray())
            return refuse("is not an array");
        if (!enter())
            return false;
        list.clear();
        while (m_reader.hasNext()) {
            if (!charge(sizeof(T)) || !read(list.emplace_back()))
                return false;
        }
        return leave();
    }
    template <Listed T> [[nodiscard]] bool read(T &object)
    {
        static_assert(decltype(FieldsOf<T>::fields())::kSize <= 64);
        return readMap(slotsOf<void *>(object));
    }

    QCborStreamReader m_reader;
    qint64 m_size;
    int m_nestingLeft;
    std::size_t m_bytesLeft;
    std::string m_reason;
    std::string m_path;
};

struct Coding {
    template <class Value> static bool isAbsent(const void *value)
    {
        if constexpr (requires(const Value &one) { one.has_value(); })
            return !static_cast<const Value *>(value)->has_value();
        else
            return false;
    }
    template <class Value> static void write(Encoder &encoder, const void *value)
    {
        encoder.write(*static_cast<const Value *>(value));
    }
    template <class Value> static bool read(Decoder &decoder, void *value)
    {
        return decoder.read(*static_cast<Value *>(value));
    }
    template <class Value>
    static constexpr ValueCoding kOf{&isAbsent<Value>, &write<Value>, &read<Value>};
};

template <class Pointer, class T, class Owner, class Value>
[[nodiscard]] Slot<Pointer> slotFor(T &object, const Field<Owner, Value> &listed)
{
    return {listed.key, listed.presence, &Coding::kOf<Value>, &(object.*listed.member)};
}

template <class Pointer, class T> [[nodiscard]] auto slotsOf(T &object)
{
    return FieldsOf<std::remove_const_t<T>>::fields().apply([&](const auto &...fields) {
        return std::array<Slot<Pointer>, sizeof...(fields)>{slotFor<Pointer>(object, fields)...};
    });
}

} // namespace chrona::ipc
