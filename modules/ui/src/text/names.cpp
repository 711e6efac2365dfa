// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/names.h"

#include <QCoreApplication>

namespace chrona::ui {

namespace {

struct NameWords {
    Q_DECLARE_TR_FUNCTIONS(chrona::ui::Names)
};

} // namespace

QString categoryName(schema::EventCategory category)
{
    using enum schema::EventCategory;
    switch (category) {
    case Weather: return NameWords::tr("Weather");
    case Conflict: return NameWords::tr("Conflict");
    case Policy: return NameWords::tr("Policy");
    case Macro: return NameWords::tr("Macro");
    case Markets: return NameWords::tr("Markets");
    case Energy: return NameWords::tr("Energy");
    case News: return NameWords::tr("News");
    case Disasters: return NameWords::tr("Disasters");
    }
    return {};
}

QString typeName(schema::EventType type)
{
    using enum schema::EventType;
    switch (type) {
    case Other: return NameWords::tr("Other");
    case WeatherAlert: return NameWords::tr("Weather alert");
    case TropicalCyclone: return NameWords::tr("Tropical cyclone");
    case Earthquake: return NameWords::tr("Earthquake");
    case Volcano: return NameWords::tr("Volcano");
    case Flood: return NameWords::tr("Flood");
    case Wildfire: return NameWords::tr("Wildfire");
    case Disaster: return NameWords::tr("Disaster");
    case Conflict: return NameWords::tr("Conflict");
    case Protest: return NameWords::tr("Protest");
    case PolicyDecision: return NameWords::tr("Policy decision");
    case RateDecision: return NameWords::tr("Rate decision");
    case Speech: return NameWords::tr("Speech");
    case Legislation: return NameWords::tr("Legislation");
    case Sanction: return NameWords::tr("Sanction");
    case MacroRelease: return NameWords::tr("Macro release");
    case CalendarEntry: return NameWords::tr("Calendar");
    case MarketMove: return NameWords::tr("Market move");
    case Filing: return NameWords::tr("Filing");
    case EnergyReport: return NameWords::tr("Energy report");
    case Outage: return NameWords::tr("Outage");
    case News: return NameWords::tr("News");
    case Shipping: return NameWords::tr("Shipping");
    case Health: return NameWords::tr("Health");
    }
    return {};
}

QString typeName(std::uint8_t type)
{
    return type < schema::kEventTypeCount ? typeName(static_cast<schema::EventType>(type))
                                          : NameWords::tr("Type %1").arg(type);
}

QString basisName(schema::AvailabilityBasis basis)
{
    switch (basis) {
    case schema::AvailabilityBasis::Measured: return NameWords::tr("measured");
    case schema::AvailabilityBasis::Stated: return NameWords::tr("stated");
    case schema::AvailabilityBasis::Assumed: return NameWords::tr("assumed");
    }
    return {};
}

QString basisHint(schema::AvailabilityBasis basis)
{
    switch (basis) {
    case schema::AvailabilityBasis::Measured: return NameWords::tr("We saw it arrive.");
    case schema::AvailabilityBasis::Stated:
        return NameWords::tr("The source says when it was published.");
    case schema::AvailabilityBasis::Assumed:
        return NameWords::tr("The time it happened plus a lag that somebody assumed.");
    }
    return {};
}

QString stateName(schema::SourceState state)
{
    switch (state) {
    case schema::SourceState::Idle: return NameWords::tr("Idle");
    case schema::SourceState::Running: return NameWords::tr("Running");
    case schema::SourceState::Late: return NameWords::tr("Late");
    case schema::SourceState::Failing: return NameWords::tr("Failing");
    case schema::SourceState::Disabled: return NameWords::tr("Off");
    case schema::SourceState::NeedsKey: return NameWords::tr("Needs a key");
    case schema::SourceState::Refused: return NameWords::tr("Refused by robots.txt");
    }
    return {};
}

QString modeName(schema::IngestMode mode)
{
    switch (mode) {
    case schema::IngestMode::Full: return NameWords::tr("in full");
    case schema::IngestMode::MetadataOnly: return NameWords::tr("metadata only");
    case schema::IngestMode::OwnKeyLocal: return NameWords::tr("own key, local only");
    }
    return {};
}

QString roleName(schema::EntityRole role)
{
    using enum schema::EntityRole;
    switch (role) {
    case Subject: return NameWords::tr("Subject");
    case Actor: return NameWords::tr("Actor");
    case Target: return NameWords::tr("Target");
    case Location: return NameWords::tr("Location");
    case Topic: return NameWords::tr("Topic");
    case Instrument: return NameWords::tr("Instrument");
    case Publisher: return NameWords::tr("Publisher");
    }
    return {};
}

QString attributeName(std::string_view key)
{
    QString words = fromUtf8(key);
    words.replace(u'_', u' ');
    if (!words.isEmpty())
        words[0] = words[0].toUpper();
    return words;
}

FailureText failureText(const Error &error)
{
    switch (error.code) {
    case ErrorCode::InvalidInput:
        return {NameWords::tr("The request was not understood."), fromUtf8(error.remedy)};
    case ErrorCode::NotFound:
        return {NameWords::tr("It is not there any more."), NameWords::tr("Reload the view.")};
    case ErrorCode::Conflict:
        return {NameWords::tr("Somebody else changed it first."),
                NameWords::tr("Reload and try again.")};
    case ErrorCode::Unavailable:
        return {NameWords::tr("The service cannot be reached."),
                NameWords::tr("Chrona keeps trying; nothing is lost.")};
    case ErrorCode::Timeout:
        return {NameWords::tr("The service took too long."), NameWords::tr("Try again.")};
    case ErrorCode::Cancelled: return {NameWords::tr("Cancelled."), {}};
    case ErrorCode::Denied:
        return {NameWords::tr("The service refused this."),
                NameWords::tr("Check that both programs run as the same user.")};
    case ErrorCode::Exhausted:
        return {NameWords::tr("Disk, memory or a budget is used up."),
                NameWords::tr("Free some space and try again.")};
    case ErrorCode::Corrupt:
        return {NameWords::tr("The data is damaged."),
                NameWords::tr("Look into the service's log.")};
    }
    return {};
}

schema::EventCategory categoryOfNumber(std::uint8_t type)
{
    return type < schema::kEventTypeCount
               ? schema::categoryOf(static_cast<schema::EventType>(type))
               : schema::EventCategory::News;
}

} // namespace chrona::ui
