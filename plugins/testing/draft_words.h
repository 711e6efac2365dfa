// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/connect/draft.h"

#include <QtNumeric>

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Drafts in words and numbers that a test compares.
namespace chrona::connect::fixture {

/// Of all drafts those of one type.
template <class Type> std::vector<Type> only(const std::vector<Draft> &drafts)
{
    std::vector<Type> found;
    for (const Draft &draft : drafts)
        if (const auto *one = std::get_if<Type>(&draft))
            found.push_back(*one);
    return found;
}

/// What a reading complains of: why there is none, or why each draft was rejected.
inline std::string complaintsOf(const Result<std::vector<Draft>> &read)
{
    if (!read)
        return read.error().what;
    std::string said;
    for (const Rejected &rejected : only<Rejected>(*read))
        said += rejected.reason + "\n";
    return said;
}

/// Each value by the key of its series and its day: "fred:DGS10 2026-07-02".
inline std::map<std::string, double> valuesOf(const std::vector<Draft> &drafts)
{
    std::map<schema::SeriesId, std::string> keys;
    for (const auto &series : only<schema::Series>(drafts))
        keys[series.id] = series.key;
    std::map<std::string, double> values;
    for (const auto &observation : only<schema::Observation>(drafts))
        values[keys[observation.series] + " " +
               formatInstant(observation.times.observedAt).substr(0, 10)] = observation.value;
    return values;
}

/// When a bar opens and closes, and how long it is.
inline std::string shown(const schema::PriceBar &bar)
{
    return formatInstant(bar.opensAt) + " " + formatInstant(bar.times.observedAt) + " " +
           std::string(toString(bar.frequency));
}

/// "?" where there is no such text.
inline std::string textAt(const schema::Attributes &attributes, std::string_view key)
{
    const auto *value = schema::find(attributes, key);
    const auto *text = value ? std::get_if<std::string>(value) : nullptr;
    return text ? *text : "?";
}

inline double numberAt(const schema::Attributes &attributes, std::string_view key)
{
    const auto *value = schema::find(attributes, key);
    const auto *number = value ? std::get_if<double>(value) : nullptr;
    return number ? *number : qQNaN();
}

inline std::string timeOf(const std::optional<Instant> &instant)
{
    return instant ? formatInstant(*instant) : "none";
}

} // namespace chrona::connect::fixture
