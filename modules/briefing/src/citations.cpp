// SPDX-License-Identifier: AGPL-3.0-or-later
#include "citations.h"

#include "words.h"

#include "chrona/base/hash.h"

#include <algorithm>
#include <format>

namespace chrona::briefing {
namespace {

/// Only what a browser opens and a page can print; a feed may say anything.
std::string webAddress(const std::string &url)
{
    const bool isWeb = url.starts_with("https://") || url.starts_with("http://");
    const bool isPlain = std::ranges::all_of(url, [](unsigned char c) {
        return c > 0x20 && c < 0x7F && c != '"' && c != '<' && c != '>';
    });
    return isWeb && isPlain && url.size() <= 2000 ? url : std::string();
}

} // namespace

CitationBook::CitationBook(const BriefingInputs &inputs) : m_inputs(inputs)
{
    for (const schema::Source &source : inputs.sources)
        m_sources[source.id] = &source;
    for (const schema::Cluster &cluster : inputs.clusters) {
        if (!cluster.mergedInto.isNull())
            continue;
        for (const schema::ClusterMember &member : cluster.members)
            m_families[member.event] = cluster.publisherFamilies;
    }
}

const schema::Source *CitationBook::sourceOf(schema::SourceId id) const
{
    const auto found = m_sources.find(id);
    return found == m_sources.end() ? nullptr : found->second;
}

std::uint32_t CitationBook::familiesOf(const schema::Event &event) const
{
    const auto found = m_families.find(event.id);
    return found == m_families.end() ? 1 : std::max(1U, found->second);
}

void CitationBook::fillFrom(schema::Citation &citation, schema::SourceId id) const
{
    citation.source = id;
    const schema::Source *source = sourceOf(id);
    if (source == nullptr)
        return; // terms that nobody gave forbid
    citation.sourceName = quotedLine(source->name);
    citation.publisherFamily = source->publisherFamily;
    citation.redistribution = source->redistribution;
    if (citation.url.empty())
        citation.url = webAddress(source->homepage);
}

schema::Evidence CitationBook::cite(schema::Citation citation)
{
    const auto [place, isNew] =
        m_places.try_emplace({citation.kind, citation.id}, m_citations.size());
    if (isNew) {
        citation.number = std::uint32_t(m_citations.size() + 1);
        if (citation.label.empty())
            citation.label = "(without a title)";
        m_citations.push_back(std::move(citation));
    }
    const schema::Citation &kept = m_citations[place->second];
    return {kept.kind, kept.id, m_inputs.knownAt, kept.label};
}

schema::Evidence CitationBook::event(const schema::Event &event)
{
    schema::Citation citation;
    citation.kind = schema::EvidenceKind::Event;
    citation.id = event.id.value;
    citation.label = quotedLine(event.title);
    citation.url = webAddress(event.url);
    citation.publishedAt = event.times.publishedAt;
    citation.basis = event.times.basis;
    fillFrom(citation, event.source);
    return cite(std::move(citation));
}

schema::Evidence CitationBook::target(const TargetSeries &target)
{
    schema::Citation citation;
    citation.kind = target.evidence.kind;
    citation.id = target.evidence.id;
    citation.label = std::format("{} ({}), daily values", target.name, target.symbol);
    citation.url = webAddress(target.url);
    citation.basis = target.basis;
    fillFrom(citation, target.source);
    return cite(std::move(citation));
}

schema::Evidence CitationBook::source(const schema::Source &source)
{
    schema::Citation citation;
    citation.kind = schema::EvidenceKind::Source;
    citation.id = source.id.value;
    citation.label = std::format("State of the source {}", quotedLine(source.name));
    citation.url = webAddress(source.homepage);
    citation.sourceName = quotedLine(source.name);
    // That a source is late is our own observation, whatever its terms say of its content.
    citation.redistribution = schema::Redistribution::Allowed;
    return cite(std::move(citation));
}

schema::Evidence CitationBook::signal(const schema::Signal &signal, std::string label)
{
    schema::Citation citation;
    citation.kind = schema::EvidenceKind::Signal;
    citation.id = signal.id.value;
    citation.label = std::move(label);
    citation.basis = signal.basis;
    citation.redistribution = schema::Redistribution::Allowed;
    return cite(std::move(citation));
}

schema::Evidence CitationBook::feature(const FeatureState &feature)
{
    schema::Citation citation;
    citation.kind = schema::EvidenceKind::Feature;
    citation.id = feature.id.value;
    citation.label = quotedLine(feature.name);
    fillFrom(citation, feature.source);
    return cite(std::move(citation));
}

schema::Evidence CitationBook::inputs()
{
    schema::Citation citation;
    citation.kind = schema::EvidenceKind::Note;
    citation.id = idFrom(hashOf({"briefing.inputs", formatDate(m_inputs.day)}));
    citation.label = std::format("Inputs of this briefing: {}, {}, {}",
                                 counted(m_inputs.targets.size(), "target", "targets"),
                                 counted(m_inputs.sources.size(), "source", "sources"),
                                 counted(m_inputs.signals.size(), "signal", "signals"));
    citation.redistribution = schema::Redistribution::Allowed;
    return cite(std::move(citation));
}

std::vector<schema::SourceId> CitationBook::sourcesUsed() const
{
    std::vector<schema::SourceId> ids;
    for (const schema::Citation &citation : m_citations) {
        if (!citation.source.isNull() && !std::ranges::contains(ids, citation.source))
            ids.push_back(citation.source);
    }
    return ids;
}

std::vector<std::string> CitationBook::attributions() const
{
    std::vector<std::string> texts;
    for (const schema::SourceId id : sourcesUsed()) {
        const schema::Source *source = sourceOf(id);
        if (source == nullptr || source->attribution.empty())
            continue;
        const std::string text = quotedLine(source->attribution, 1000);
        if (!std::ranges::contains(texts, text))
            texts.push_back(text);
    }
    return texts;
}

} // namespace chrona::briefing
