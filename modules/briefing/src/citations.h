// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/briefing/inputs.h"

#include <map>
#include <unordered_map>

namespace chrona::briefing {

/// Numbers evidence in the order of its first mention and remembers where it can be read.
class CitationBook {
public:
    explicit CitationBook(const BriefingInputs &inputs);

    schema::Evidence event(const schema::Event &event);
    schema::Evidence target(const TargetSeries &target);
    schema::Evidence source(const schema::Source &source);
    schema::Evidence signal(const schema::Signal &signal, std::string label);
    schema::Evidence feature(const FeatureState &feature);
    /// The inputs as a whole: what "nothing was given" rests on.
    schema::Evidence inputs();

    [[nodiscard]] const schema::Source *sourceOf(schema::SourceId id) const;
    /// Independent publishers of the event's story; 1 where no cluster knows it.
    [[nodiscard]] std::uint32_t familiesOf(const schema::Event &event) const;

    [[nodiscard]] std::vector<schema::Citation> takeCitations() { return std::move(m_citations); }
    [[nodiscard]] std::vector<schema::SourceId> sourcesUsed() const;
    [[nodiscard]] std::vector<std::string> attributions() const;

private:
    schema::Evidence cite(schema::Citation citation);
    void fillFrom(schema::Citation &citation, schema::SourceId source) const;

    const BriefingInputs &m_inputs;
    std::vector<schema::Citation> m_citations;
    std::map<std::pair<schema::EvidenceKind, std::int64_t>, std::size_t> m_places;
    std::unordered_map<schema::SourceId, const schema::Source *> m_sources;
    std::unordered_map<schema::EventId, std::uint32_t> m_families;
};

} // namespace chrona::briefing
