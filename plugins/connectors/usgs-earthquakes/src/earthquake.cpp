// SPDX-License-Identifier: AGPL-3.0-or-later
#include "earthquake.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>
#include <format>

namespace chrona::usgs {
namespace {

using namespace Qt::StringLiterals;
using connect::Draft;
using connect::Rejected;

constexpr std::string_view kTopicKey = "topic:earthquake";
constexpr double kMagnitudeMin = -5; // tiny local events go below zero
constexpr double kMagnitudeMax = 12;
constexpr double kDepthKmMax = 1000;

/// The feed also lists what shakes the ground without being an earthquake.
constexpr std::array<std::string_view, 17> kNotEarthquakes{"quarry blast",
                                                           "quarry",
                                                           "explosion",
                                                           "chemical explosion",
                                                           "mining explosion",
                                                           "nuclear explosion",
                                                           "accidental explosion",
                                                           "mine collapse",
                                                           "rock burst",
                                                           "rockslide",
                                                           "landslide",
                                                           "snow avalanche",
                                                           "ice quake",
                                                           "sonic boom",
                                                           "acoustic noise",
                                                           "other event",
                                                           "volcanic eruption"};

std::string text(const QJsonObject &object, QLatin1StringView name)
{
    return object.value(name).toString().trimmed().toStdString();
}

std::optional<double> finite(const QJsonValue &value)
{
    if (!value.isDouble() || !std::isfinite(value.toDouble()))
        return std::nullopt;
    return value.toDouble();
}

bool isThere(const QJsonValue &value)
{
    return !value.isUndefined() && !value.isNull();
}

/// Milliseconds since 1970, years 1 to 9999.
std::optional<Instant> instantFrom(const QJsonValue &value)
{
    constexpr double kMsMin = -62'135'596'800'000.0;
    constexpr double kMsMax = 253'402'300'799'999.0;
    const auto ms = finite(value);
    if (!ms || *ms < kMsMin || *ms > kMsMax)
        return std::nullopt;
    return Instant(std::chrono::milliseconds(static_cast<std::int64_t>(*ms)));
}

/// Reads one feature; the first fault ends it.
class Reader {
public:
    explicit Reader(const QJsonObject &feature)
        : m_feature(feature), m_properties(feature.value("properties"_L1).toObject())
    {
    }

    Draft read()
    {
        m_event.sourceRef = text(m_feature, "id"_L1);
        readIdentity();
        readTimes();
        readMagnitude();
        readPlace();
        readRest();
        if (!m_fault.empty())
            return Rejected{m_event.sourceRef, m_fault};
        return std::move(m_event);
    }

private:
    void fault(std::string reason)
    {
        if (m_fault.empty())
            m_fault = std::move(reason);
    }

    void readIdentity()
    {
        if (m_feature.value("type"_L1).toString() != "Feature"_L1)
            fault("it is not a GeoJSON Feature");
        if (!m_feature.value("properties"_L1).isObject())
            fault("properties are missing");
        if (m_event.sourceRef.empty())
            fault("id is missing");
    }

    void readTimes()
    {
        const auto time = instantFrom(m_properties.value("time"_L1));
        if (!time)
            return fault(
                "properties.time is not a moment in milliseconds between the years 1 and 9999");
        m_event.times.observedAt = *time;
        const QJsonValue updated = m_properties.value("updated"_L1);
        if (!isThere(updated))
            return;
        m_event.times.publishedAt = instantFrom(updated);
        if (!m_event.times.publishedAt)
            fault(
                "properties.updated is not a moment in milliseconds between the years 1 and 9999");
    }

    void readMagnitude()
    {
        const QJsonValue value = m_properties.value("mag"_L1);
        if (!isThere(value))
            return; // not determined yet: normal for the first minutes
        m_magnitude = finite(value);
        if (!m_magnitude || *m_magnitude < kMagnitudeMin || *m_magnitude > kMagnitudeMax)
            return fault(std::format("properties.mag is not between {} and {}", kMagnitudeMin,
                                     kMagnitudeMax));
        add("magnitude", *m_magnitude);
    }

    void readPlace()
    {
        const QJsonValue geometry = m_feature.value("geometry"_L1);
        if (!isThere(geometry))
            return;
        const QJsonArray coordinates = geometry.toObject().value("coordinates"_L1).toArray();
        const auto longitude = finite(coordinates.at(0));
        const auto latitude = finite(coordinates.at(1));
        if (geometry.toObject().value("type"_L1).toString() != "Point"_L1 || !longitude ||
            !latitude)
            return fault("geometry is not a Point with two numbers");
        if (std::abs(*longitude) > 180 || std::abs(*latitude) > 90)
            return fault(
                std::format("geometry.coordinates {}, {} are not on Earth", *longitude, *latitude));
        m_event.geometry = schema::Geometry::at({*longitude, *latitude});
        readDepth(coordinates.at(2));
    }

    void readDepth(const QJsonValue &value)
    {
        if (!isThere(value))
            return;
        const auto depth = finite(value);
        if (!depth || std::abs(*depth) > kDepthKmMax)
            return fault("the depth is not within 1000 km");
        add("depth_km", *depth);
    }

    void readRest()
    {
        const std::string kind = text(m_properties, "type"_L1);
        const bool other = std::ranges::find(kNotEarthquakes, kind) != kNotEarthquakes.end();
        m_event.type = other ? schema::EventType::Other : schema::EventType::Earthquake;
        const std::string alert = text(m_properties, "alert"_L1);
        m_event.severity = severityOf(m_magnitude, alert);
        m_event.title = title(kind);
        m_event.url = text(m_properties, "url"_L1);
        readStatus();
        add("alert", alert);
        for (const char *name : {"place", "status", "net", "ids"})
            add(name, text(m_properties, QLatin1StringView(name)));
        add("magnitude_type", text(m_properties, "magType"_L1));
        add("seismic_type", kind);
        addNumbers();
        m_event.entities.push_back({schema::entityIdFor(kTopicKey), schema::EntityRole::Topic, 1});
        std::ranges::sort(m_event.attributes, {}, &schema::Attribute::key);
    }

    void readStatus()
    {
        const std::string status = text(m_properties, "status"_L1);
        if (status == "deleted")
            m_event.state = schema::EventState::Retracted;
        // What a seismologist has looked at is certain; what a machine located is right nearly
        // always.
        m_event.confidence = status == "reviewed" ? 1.0F : 0.8F;
    }

    std::string title(const std::string &kind) const
    {
        if (auto stated = text(m_properties, "title"_L1); !stated.empty())
            return stated;
        const std::string place = text(m_properties, "place"_L1);
        std::string made = m_magnitude ? std::format("M {:.1f}", *m_magnitude) : "M ?";
        if (!kind.empty() && kind != "earthquake")
            made += " " + kind;
        return made + " - " + (place.empty() ? "unknown place" : place);
    }

    void addNumbers()
    {
        if (const auto tsunami = finite(m_properties.value("tsunami"_L1)))
            m_event.attributes.push_back({"tsunami", *tsunami != 0});
        if (const auto felt = finite(m_properties.value("felt"_L1));
            felt && *felt >= 0 && *felt < 1e12)
            m_event.attributes.push_back({"felt_reports", static_cast<std::int64_t>(*felt)});
        for (const char *name : {"cdi", "mmi", "sig", "gap", "rms", "dmin", "nst"})
            if (const auto number = finite(m_properties.value(QLatin1StringView(name))))
                add(name, *number);
    }

    void add(const char *key, double value) { m_event.attributes.push_back({key, value}); }
    void add(const char *key, std::string value)
    {
        if (!value.empty())
            m_event.attributes.push_back({key, std::move(value)});
    }

    const QJsonObject &m_feature;
    QJsonObject m_properties;
    schema::Event m_event;
    std::optional<double> m_magnitude;
    std::string m_fault;
};

} // namespace

float severityOf(std::optional<double> magnitude, std::string_view alert)
{
    struct Knot {
        double magnitude, severity;
    };
    constexpr std::array<Knot, 7> kKnots{
        {{0, 0}, {2.5, 0.10}, {4.5, 0.30}, {6, 0.60}, {7, 0.80}, {8, 0.95}, {9, 1}}};
    double severity = 0;
    if (magnitude) {
        const double value =
            std::clamp(*magnitude, kKnots.front().magnitude, kKnots.back().magnitude);
        std::size_t upper = 1;
        while (kKnots[upper].magnitude < value)
            ++upper;
        const Knot &low = kKnots[upper - 1], &high = kKnots[upper];
        severity = std::lerp(low.severity, high.severity,
                             (value - low.magnitude) / (high.magnitude - low.magnitude));
    }
    const double floor = alert == "red"      ? 0.95
                         : alert == "orange" ? 0.8
                         : alert == "yellow" ? 0.6
                                             : 0;
    return static_cast<float>(std::max(severity, floor));
}

schema::Entity earthquakeTopic()
{
    schema::Entity topic;
    topic.key = kTopicKey;
    topic.id = schema::entityIdFor(kTopicKey);
    topic.kind = schema::EntityKind::EventTopic;
    topic.name = "Earthquake";
    return topic;
}

connect::Draft readEarthquake(const QJsonObject &feature)
{
    return Reader(feature).read();
}

} // namespace chrona::usgs
