// SPDX-License-Identifier: AGPL-3.0-or-later
#include "geometry_codec.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace chrona::storage {
namespace {

using schema::GeoPoint;
using schema::Geometry;
using Points = std::vector<GeoPoint>;

constexpr std::uint8_t kVersion = 1;
constexpr double kStepsPerDegree = 1e7;
enum class Coordinates : std::uint8_t { Steps, Doubles };

std::int64_t stepsOf(double degrees)
{
    return std::llround(degrees * kStepsPerDegree);
}

bool isWholeSteps(double degrees)
{
    // The bits must come back, so that -0 and a last digit are not lost.
    return std::abs(degrees) <= 360 &&
           std::bit_cast<std::uint64_t>(static_cast<double>(stepsOf(degrees)) / kStepsPerDegree) ==
               std::bit_cast<std::uint64_t>(degrees);
}

template <class Geo, class Visit> void forEachPart(Geo &geometry, Visit visit)
{
    visit(geometry.points);
    for (auto &line : geometry.lines)
        visit(line);
    for (auto &polygon : geometry.areas) {
        for (auto &ring : polygon)
            visit(ring);
    }
}

class Writer {
public:
    explicit Writer(Coordinates coordinates) : m_coordinates(coordinates) {}

    void byte(std::uint8_t value) { m_bytes += static_cast<char>(value); }
    void count(std::uint64_t value)
    {
        for (; value >= 0x80; value >>= 7)
            byte(static_cast<std::uint8_t>(value | 0x80));
        byte(static_cast<std::uint8_t>(value));
    }
    void points(const Points &points)
    {
        count(points.size());
        for (const GeoPoint &point : points) {
            coordinate(point.longitude, m_longitude);
            coordinate(point.latitude, m_latitude);
        }
    }
    [[nodiscard]] std::string take() { return std::move(m_bytes); }

private:
    void coordinate(double degrees, std::int64_t &before)
    {
        if (m_coordinates == Coordinates::Doubles) {
            const auto bits = std::bit_cast<std::uint64_t>(degrees);
            for (int shift = 0; shift < 64; shift += 8)
                byte(static_cast<std::uint8_t>(bits >> shift));
            return;
        }
        const std::int64_t steps = stepsOf(degrees);
        const std::int64_t step = steps - std::exchange(before, steps);
        count((static_cast<std::uint64_t>(step) << 1) ^ static_cast<std::uint64_t>(step >> 63));
    }

    Coordinates m_coordinates;
    std::string m_bytes;
    std::int64_t m_longitude = 0, m_latitude = 0;
};

class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    std::uint8_t byte()
    {
        if (m_at >= m_bytes.size()) {
            m_isBroken = true;
            return 0;
        }
        return static_cast<std::uint8_t>(m_bytes[m_at++]);
    }
    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const std::uint8_t next = byte();
            value |= static_cast<std::uint64_t>(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        m_isBroken = true;
        return 0;
    }
    /// Each thing counted takes at least one byte, so a count beyond the rest is a lie.
    std::size_t count()
    {
        const std::uint64_t value = number();
        if (value > m_bytes.size() - m_at)
            m_isBroken = true;
        return m_isBroken ? 0 : static_cast<std::size_t>(value);
    }
    void setCoordinates(Coordinates coordinates) { m_coordinates = coordinates; }
    void points(Points &points)
    {
        points.resize(count());
        for (GeoPoint &point : points) {
            point.longitude = coordinate(m_longitude);
            point.latitude = coordinate(m_latitude);
        }
    }
    [[nodiscard]] bool isBroken() const { return m_isBroken; }
    [[nodiscard]] bool isAtEnd() const { return m_at == m_bytes.size(); }

private:
    double coordinate(std::int64_t &before)
    {
        std::uint64_t value = 0;
        if (m_coordinates == Coordinates::Doubles) {
            for (int shift = 0; shift < 64; shift += 8)
                value |= static_cast<std::uint64_t>(byte()) << shift;
            return std::bit_cast<double>(value);
        }
        value = number();
        // Unsigned, because hostile steps may overflow.
        const std::uint64_t step = (value >> 1) ^ (~(value & 1) + 1);
        before = static_cast<std::int64_t>(static_cast<std::uint64_t>(before) + step);
        return static_cast<double>(before) / kStepsPerDegree;
    }

    std::span<const std::byte> m_bytes;
    std::size_t m_at = 0;
    bool m_isBroken = false;
    Coordinates m_coordinates = Coordinates::Steps;
    std::int64_t m_longitude = 0, m_latitude = 0;
};

} // namespace

std::string packGeometry(const Geometry &geometry)
{
    bool isWhole = true;
    forEachPart(geometry, [&isWhole](const Points &points) {
        for (const GeoPoint &point : points)
            isWhole = isWhole && isWholeSteps(point.longitude) && isWholeSteps(point.latitude);
    });
    const Coordinates coordinates = isWhole ? Coordinates::Steps : Coordinates::Doubles;
    Writer writer(coordinates);
    writer.byte(kVersion);
    writer.byte(static_cast<std::uint8_t>(geometry.kind));
    writer.byte(static_cast<std::uint8_t>(coordinates));
    writer.count(geometry.lines.size());
    writer.count(geometry.areas.size());
    for (const schema::Polygon &polygon : geometry.areas)
        writer.count(polygon.size());
    forEachPart(geometry, [&writer](const Points &points) { writer.points(points); });
    return writer.take();
}

Result<Geometry> unpackGeometry(std::span<const std::byte> bytes)
{
    Reader reader(bytes);
    const std::uint8_t version = reader.byte();
    const std::uint8_t kind = reader.byte();
    const std::uint8_t coordinates = reader.byte();
    if (version != kVersion || kind > static_cast<std::uint8_t>(Geometry::Kind::Areas) ||
        coordinates > static_cast<std::uint8_t>(Coordinates::Doubles))
        return fail(ErrorCode::Corrupt, "a stored geometry is of a form that is not known");
    reader.setCoordinates(static_cast<Coordinates>(coordinates));
    Geometry geometry;
    geometry.kind = static_cast<Geometry::Kind>(kind);
    geometry.lines.resize(reader.count());
    geometry.areas.resize(reader.count());
    for (schema::Polygon &polygon : geometry.areas)
        polygon.resize(reader.count());
    forEachPart(geometry, [&reader](Points &points) {
        if (!reader.isBroken())
            reader.points(points);
    });
    if (reader.isBroken() || !reader.isAtEnd())
        return fail(ErrorCode::Corrupt, "a stored geometry is cut off or too long");
    return geometry;
}

} // namespace chrona::storage
