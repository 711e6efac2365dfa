// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/features/definition.h"

#include <cstdlib>

namespace chrona::features {

namespace {

/// In the form in which users write their own.
constexpr std::string_view kCatalogue =
    R"(
# Counts and severities
key=events.count name="Events" unit=events axis=country
key=events.count.conflict name="Conflict and protest" unit=events types=conflict,protest )"
    R"(axis=country
key=events.count.earthquake name="Earthquakes" unit=events types=earthquake axis=country
key=events.count.disaster name="Floods, fires, eruptions" unit=events )"
    R"(types=flood,wildfire,volcano,disaster axis=country
key=events.count.outage name="Outages" unit=events types=outage,shipping axis=country
key=events.count.health name="Health events" unit=events types=health axis=country
key=events.severity.conflict name="Conflict severity" unit=severity kind=event_intensity )"
    R"(types=conflict,protest aggregate=severity_sum axis=country
key=events.severity.earthquake name="Strongest earthquake" unit=magnitude )"
    R"(kind=event_intensity types=earthquake aggregate=figure_max figure=magnitude
key=events.hourly name="Events an hour" unit=events bucket=hour

# Weather
key=weather.severe name="Severe weather index" unit=severity kind=event_intensity )"
    R"(types=weather_alert,tropical_cyclone,flood severity_min=0.5 aggregate=severity_sum )"
    R"(axis=region
key=weather.cyclone name="Tropical cyclones" unit=severity kind=event_intensity )"
    R"(types=tropical_cyclone aggregate=severity_max axis=country

# Policy, sanctions, filings
key=policy.count name="Policy events" unit=events )"
    R"(types=policy_decision,rate_decision,legislation axis=country
key=policy.speeches name="Speeches" unit=events types=speech axis=country
key=sanctions.actions name="Sanctions actions" unit=events types=sanction axis=country
key=filings.count name="Filings" unit=events types=filing axis=entity
key=filings.all name="Filings, all" unit=events types=filing

# Headlines
key=news.topic_rate name="Headline topic rate" unit=share types=news aggregate=share )"
    R"(axis=topic empty=missing
key=news.count name="Headlines" unit=events types=news axis=country
key=news.novelty name="Story novelty" unit=novelty types=news aggregate=figure_mean )"
    R"(figure=novelty empty=carried
key=news.tone name="Tone of headlines" unit=tone kind=sentiment types=news )"
    R"(aggregate=figure_mean figure=tone empty=carried

# Macro
key=macro.surprise name="Macro surprises" unit=reported kind=series_surprise )"
    R"(types=macro_release aggregate=figure_sum figure=surprise axis=entity
key=macro.releases name="Macro releases" unit=events types=macro_release axis=country
key=macro.surprise.series name="Surprise, in deviations" unit=deviations )"
    R"(kind=series_surprise source=series series=macro:* transform=surprise span=24

# Series and prices
key=series.level name="Level" kind=series_level source=series series=series:* )"
    R"(transform=level vintages=latest_known
key=series.change name="Change" kind=series_change source=series series=series:* )"
    R"(transform=difference vintages=latest_known
key=series.z name="Against its year" unit=deviations kind=series_change source=series )"
    R"(series=series:* transform=z_score span=252 vintages=latest_known
key=price.return.1 name="Return, a day" unit=log kind=price source=series series=price:* )"
    R"(transform=log_change
key=price.return.5 name="Return, a week" unit=log kind=price source=series series=price:* )"
    R"(transform=log_change span=5
key=price.volatility.21 name="Realised volatility, a month" unit=log kind=price )"
    R"(source=series series=price:* transform=realised_volatility span=21
)";

} // namespace

const std::vector<Definition> &defaultCatalogue()
{
    static const std::vector<Definition> kDefinitions = [] {
        auto parsed = parseCatalogue(kCatalogue);
        if (!parsed)
            std::abort(); // a mistake in the text above; the tests read it
        return std::move(*parsed);
    }();
    return kDefinitions;
}

} // namespace chrona::features
