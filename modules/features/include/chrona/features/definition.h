// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/event.h"
#include "chrona/schema/feature.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What a feature is, declared: the catalogue that users read and extend. Pure; any thread.
namespace chrona::features {

/// How the events of a bucket become one number.
enum class Aggregation : std::uint8_t {
    Count,
    SeveritySum,
    SeverityMax,
    ConfidenceSum, ///< events counted by how sure they are
    Share,         ///< of the events of the filter's types, those that match the rest of it
    FigureSum,     ///< of a named figure of the events: a surprise, a magnitude, a novelty
    FigureMean,
    FigureMax,
};
[[nodiscard]] std::string_view toString(Aggregation aggregation);

/// One feature for all, or one for each value that is met.
enum class Axis : std::uint8_t {
    None,
    Region,  ///< as it is written: "US-TX"
    Country, ///< its first part: "US"
    Topic,
    Entity,
};
[[nodiscard]] std::string_view toString(Axis axis);

/// Which events count. Empty lists ask nothing.
struct EventFilter {
    std::vector<schema::EventType> types;
    std::vector<std::string> regions; ///< "US" takes "US-TX" too
    std::vector<std::string> topics;
    std::vector<std::string> entities;
    double severityMin = 0;
    double confidenceMin = 0;
    friend bool operator==(const EventFilter &, const EventFilter &) = default;
};

/// How the values of a series become another one. `span` counts observations.
enum class Transform : std::uint8_t {
    Level,
    Difference,         ///< less the value `span` before
    LogChange,          ///< of positive values: returns
    Mean,               ///< over `span`
    ZScore,             ///< against the `span` before, today not among them
    RealisedVolatility, ///< root mean square of the last `span` log changes
    Surprise,           ///< first print less the expectation, in deviations of earlier surprises
};
[[nodiscard]] std::string_view toString(Transform transform);

/// One rule, from which come one or more features.
struct Definition {
    enum class Source : std::uint8_t { Events, Series };

    std::string key;  ///< "events.count.earthquake"; with an axis the value met is added
    std::string name; ///< as it is shown
    std::string unit;
    schema::FeatureKind kind = schema::FeatureKind::EventCount;
    Source source = Source::Events;

    EventFilter filter;
    Aggregation aggregation = Aggregation::Count;
    std::string figure; ///< of the Figure… aggregations
    Axis axis = Axis::None;

    std::string series; ///< key of the series; "*" at the end: each that begins so
    Transform transform = Transform::Level;
    std::size_t span = 1;

    schema::Frequency bucket = schema::Frequency::Day;
    schema::EmptyBucket emptyBucket = schema::EmptyBucket::Zero;
    schema::VintageChoice vintages = schema::VintageChoice::FirstPrint;
    std::uint32_t version = 1;

    friend bool operator==(const Definition &, const Definition &) = default;
};

/// Fails with InvalidInput for what cannot be computed: a figure without a name, a span of nothing.
[[nodiscard]] Status check(const Definition &definition);

/// The definition as one line of `word=value`, words in a fixed order and only those that differ
/// from the defaults: `key=events.count.earthquake types=earthquake axis=country unit=events`.
/// Values with spaces are quoted. As flat pairs of texts it is a JSON object as well.
[[nodiscard]] std::string textOf(const Definition &definition);
/// The reverse. Fails with InvalidInput and the word that is wrong.
[[nodiscard]] Result<Definition> parseDefinition(std::string_view line);

/// What is wrong with one line of a text of definitions, and what to write instead.
struct DefinitionFault {
    std::size_t line = 0; ///< from 1
    std::string what, remedy;
    friend bool operator==(const DefinitionFault &, const DefinitionFault &) = default;
};
struct CheckedCatalogue {
    std::vector<Definition> definitions; ///< of the lines that are right
    std::vector<std::size_t> lines;      ///< one a definition
    std::vector<DefinitionFault> faults; ///< by line
};
/// Many lines; empty ones and those that begin with # are left out. At most 10,000, keys unique.
[[nodiscard]] CheckedCatalogue checkCatalogue(std::string_view text);
/// The same for definitions that are added to the shipped ones: they may not take the place of one
/// of these, nor make features that are called like theirs, and name a series that can exist.
[[nodiscard]] CheckedCatalogue checkOwnCatalogue(std::string_view text);
/// Whether the two could make features of one key.
[[nodiscard]] bool mayMeet(const Definition &definition, const Definition &other);
/// All of them, or InvalidInput with the first fault.
[[nodiscard]] Result<std::vector<Definition>> parseCatalogue(std::string_view text);

/// What is computed where the user says nothing.
[[nodiscard]] const std::vector<Definition> &defaultCatalogue();

/// The stored form of one feature of a definition. `member`: the value of the axis, or the series.
[[nodiscard]] schema::Feature featureOf(const Definition &definition, std::string_view member);

} // namespace chrona::features
