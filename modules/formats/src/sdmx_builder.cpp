// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sdmx_builder.h"

#include "chrona/schema/text.h"

#include <format>
#include <limits>

namespace chrona::formats {
namespace {

constexpr std::size_t kDimensionsMax = 100;
constexpr std::size_t kKeyBytesMax = 4000;

} // namespace

std::string_view find(const SdmxValues &values, std::string_view id)
{
    for (const SdmxValue &value : values)
        if (value.id == id)
            return value.value;
    return {};
}

bool isSdmxTime(std::string_view id)
{
    return id == "TIME_PERIOD" || id == "TIME" || id == "time";
}

std::optional<SdmxFlow> sdmxFlowFrom(std::string_view name)
{
    if (const std::size_t equals = name.rfind('='); equals != std::string_view::npos)
        name.remove_prefix(equals + 1);
    const std::size_t colon = name.find(':');
    const std::size_t open = name.find('(');
    if (colon == std::string_view::npos || colon == 0 || open < colon)
        return std::nullopt;
    SdmxFlow flow;
    flow.agency = name.substr(0, colon);
    flow.id = name.substr(colon + 1, std::min(open, name.size()) - colon - 1);
    if (open < name.size() && name.ends_with(')'))
        flow.version = name.substr(open + 1, name.size() - open - 2);
    if (flow.id.empty())
        return std::nullopt;
    return flow;
}

SdmxSeries *SdmxBuilder::series(SdmxValues dimensions, SdmxValues attributes)
{
    if (failed())
        return nullptr;
    std::string key;
    for (const SdmxValue &dimension : dimensions)
        key += (key.empty() ? "" : ".") + dimension.value;
    if (dimensions.size() > kDimensionsMax || key.size() > kKeyBytesMax) {
        refuse("a series has dimensions without end");
        return nullptr;
    }
    const auto [known, isNew] = m_byKey.try_emplace(key, set.series.size());
    if (!isNew) {
        SdmxSeries &found = set.series[known->second];
        for (SdmxValue &attribute : attributes)
            if (find(found.attributes, attribute.id).empty())
                found.attributes.push_back(std::move(attribute));
        return &found;
    }
    if (set.series.size() == m_limits.seriesMax) {
        refuse(std::format("the message has more than {} series", m_limits.seriesMax));
        return nullptr;
    }
    set.series.push_back({std::move(key), std::move(dimensions), std::move(attributes), {}});
    return &set.series.back();
}

void SdmxBuilder::observe(SdmxSeries &series, SdmxStated stated)
{
    if (failed())
        return;
    const auto where = [&] {
        return std::format("{} {}", series.key, stated.period.substr(0, 40));
    };
    const auto period = parsePeriod(stated.period);
    if (!period)
        return fault(where(), period.error().what);
    double value = std::numeric_limits<double>::quiet_NaN();
    if (!stated.value.empty() && stated.value != "NaN") {
        const auto number = parseNumber(stated.value);
        if (!number)
            return fault(where(), number.error().what);
        value = *number;
    }
    if (++m_observations > m_limits.observationsMax)
        return refuse(
            std::format("the message has more than {} observations", m_limits.observationsMax));
    series.observations.push_back({*period, value, std::move(stated.attributes)});
}

void SdmxBuilder::fault(std::string where, std::string reason)
{
    ++set.faultCount;
    if (set.faults.size() < m_limits.faultsMax)
        set.faults.push_back({std::move(where), std::move(reason)});
}

void SdmxBuilder::refuse(std::string reason)
{
    if (m_failure.empty())
        m_failure = std::move(reason);
}

Result<SeriesSet> SdmxBuilder::take()
{
    if (failed())
        return fail(ErrorCode::InvalidInput, std::move(m_failure));
    return std::move(set);
}

} // namespace chrona::formats
