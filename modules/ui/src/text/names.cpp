// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/names.h"

#include <QCoreApplication>

namespace chrona::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(chrona::ui::Names)
};

} // namespace

QString categoryName(schema::EventCategory category)
{
    using enum schema::EventCategory;
    switch (category) {
    case Weather: return Words::tr("Weather");
    case Conflict: return Words::tr("Conflict");
    case Policy: return Words::tr("Policy");
    case Macro: return Words::tr("Macro");
    case Markets: return Words::tr("Markets");
    case Energy: return Words::tr("Energy");
    case News: return Words::tr("News");
    case Disasters: return Words::tr("Disasters");
    }
    return {};
}

QString typeName(schema::EventType type)
{
    using enum schema::EventType;
    switch (type) {
    case Other: return Words::tr("Other");
    case WeatherAlert: return Words::tr("Weather alert");
    case TropicalCyclone: return Words::tr("Tropical cyclone");
    case Earthquake: return Words::tr("Earthquake");
    case Volcano: return Words::tr("Volcano");
    case Flood: return Words::tr("Flood");
    case Wildfire: return Words::tr("Wildfire");
    case Disaster: return Words::tr("Disaster");
    case Conflict: return Words::tr("Conflict");
    case Protest: return Words::tr("Protest");
    case PolicyDecision: return Words::tr("Policy decision");
    case RateDecision: return Words::tr("Rate decision");
    case Speech: return Words::tr("Speech");
    case Legislation: return Words::tr("Legislation");
    case Sanction: return Words::tr("Sanction");
    case MacroRelease: return Words::tr("Macro release");
    case CalendarEntry: return Words::tr("Calendar");
    case MarketMove: return Words::tr("Market move");
    case Filing: return Words::tr("Filing");
    case EnergyReport: return Words::tr("Energy report");
    case Outage: return Words::tr("Outage");
    case News: return Words::tr("News");
    case Shipping: return Words::tr("Shipping");
    case Health: return Words::tr("Health");
    }
    return {};
}

QString typeName(std::uint8_t type)
{
    return type < schema::kEventTypeCount ? typeName(static_cast<schema::EventType>(type))
                                          : Words::tr("Type %1").arg(type);
}

QString basisName(schema::AvailabilityBasis basis)
{
    switch (basis) {
    case schema::AvailabilityBasis::Measured: return Words::tr("measured");
    case schema::AvailabilityBasis::Stated: return Words::tr("stated");
    case schema::AvailabilityBasis::Assumed: return Words::tr("assumed");
    }
    return {};
}

QString basisHint(schema::AvailabilityBasis basis)
{
    switch (basis) {
    case schema::AvailabilityBasis::Measured: return Words::tr("We saw it arrive.");
    case schema::AvailabilityBasis::Stated:
        return Words::tr("The source says when it was published.");
    case schema::AvailabilityBasis::Assumed:
        return Words::tr("The time it happened plus a lag that somebody assumed.");
    }
    return {};
}

QString stateName(schema::SourceState state)
{
    switch (state) {
    case schema::SourceState::Idle: return Words::tr("Idle");
    case schema::SourceState::Running: return Words::tr("Running");
    case schema::SourceState::Late: return Words::tr("Late");
    case schema::SourceState::Failing: return Words::tr("Failing");
    case schema::SourceState::Disabled: return Words::tr("Off");
    case schema::SourceState::NeedsKey: return Words::tr("Needs a key");
    }
    return {};
}

QString modeName(schema::IngestMode mode)
{
    switch (mode) {
    case schema::IngestMode::Full: return Words::tr("in full");
    case schema::IngestMode::MetadataOnly: return Words::tr("metadata only");
    case schema::IngestMode::OwnKeyLocal: return Words::tr("own key, local only");
    }
    return {};
}

QString roleName(schema::EntityRole role)
{
    using enum schema::EntityRole;
    switch (role) {
    case Subject: return Words::tr("Subject");
    case Actor: return Words::tr("Actor");
    case Target: return Words::tr("Target");
    case Location: return Words::tr("Location");
    case Topic: return Words::tr("Topic");
    case Instrument: return Words::tr("Instrument");
    case Publisher: return Words::tr("Publisher");
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
        return {Words::tr("The request was not understood."), fromUtf8(error.remedy)};
    case ErrorCode::NotFound:
        return {Words::tr("It is not there any more."), Words::tr("Reload the view.")};
    case ErrorCode::Conflict:
        return {Words::tr("Somebody else changed it first."), Words::tr("Reload and try again.")};
    case ErrorCode::Unavailable:
        return {Words::tr("The service cannot be reached."),
                Words::tr("Chrona keeps trying; nothing is lost.")};
    case ErrorCode::Timeout:
        return {Words::tr("The service took too long."), Words::tr("Try again.")};
    case ErrorCode::Cancelled: return {Words::tr("Cancelled."), {}};
    case ErrorCode::Denied:
        return {Words::tr("The service refused this."),
                Words::tr("Check that both programs run as the same user.")};
    case ErrorCode::Exhausted:
        return {Words::tr("Disk, memory or a budget is used up."),
                Words::tr("Free some space and try again.")};
    case ErrorCode::Corrupt:
        return {Words::tr("The data is damaged."), Words::tr("Look into the service's log.")};
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
