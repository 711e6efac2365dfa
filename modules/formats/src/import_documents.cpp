// SPDX-License-Identifier: AGPL-3.0-or-later
// GeoJSON and TopoJSON: as a whole, or feature by feature where they are too large for that.
#include "import_drafts.h"
#include "import_state.h"
#include "utf8.h"

#include <algorithm>
#include <format>
#include <set>
#include <utility>

namespace chrona::formats {

void ImportReader::State::readEventFeature(GeoFeature feature, std::uint64_t number)
{
    current.begin(number);
    const auto columns = columnsOf(options.kind);
    std::vector<std::string> cells(columns.size());
    for (std::size_t column = 0; column < columns.size(); ++column) {
        cells[column] = propertyText(feature.properties, current.nameOf(column));
        current.setCell(column, cells[column]);
    }
    settle(readEvent(current, options, std::move(feature.geometry), feature.id), batch.events);
}

void ImportReader::State::readBoundaryFeature(GeoFeature feature, std::uint64_t number,
                                              bool severalLayers)
{
    current.begin(number);
    const std::string set = severalLayers ? std::format("{}:{}", options.boundarySet, feature.layer)
                                          : options.boundarySet;
    auto boundary = readBoundary(current, options, std::move(feature), set);
    if (boundary && !boundaryKeys.insert(std::format("{}\n{}", set, boundary->code)).second) {
        current.fault(std::string("id"), std::format("'{}' appears twice", boundary->code));
        boundary.reset();
    }
    settle(std::move(boundary), batch.boundaries);
}

Status ImportReader::State::readDocument()
{
    GeoLimits limits;
    limits.bytesMax = options.fileBytesMax;
    limits.faultsMax = options.faultsMax;
    std::string_view json = text;
    if (json.starts_with(kByteOrderMark))
        json.remove_prefix(kByteOrderMark.size());
    auto document = readGeoDocument(json, limits);
    if (!document)
        return std::unexpected(document.error());
    text = {};
    addFaults(*document);
    std::set<std::string_view> layers;
    for (const GeoFeature &feature : document->features)
        layers.insert(feature.layer);
    const bool severalLayers = layers.size() > 1;
    layers.clear();
    for (std::size_t i = 0; i < document->features.size(); ++i) {
        if (options.kind == ImportKind::Events)
            readEventFeature(std::move(document->features[i]), document->numbers[i]);
        else
            readBoundaryFeature(std::move(document->features[i]), document->numbers[i],
                                severalLayers);
    }
    return {};
}

/// Faults of geometries, whose path says where they are.
void ImportReader::State::addFaults(GeoDocument &document)
{
    report.rowsRead += document.faultCount;
    report.rowsRejected += document.faultCount;
    report.faultCount += document.faultCount;
    for (schema::Fault &one : document.faults)
        if (report.faults.size() < options.faultsMax)
            report.faults.push_back({0, std::move(one.field), std::move(one.reason)});
}

/// A topology early: what is parsed of it as a whole takes many times its text.
bool ImportReader::State::isTooLarge()
{
    if (text.size() > options.fileBytesMax)
        return true;
    // Once: what does not say so by then is no topology that anybody writes.
    if (wasLookedAt || text.size() <= options.topologyWholeBytesMax)
        return false;
    wasLookedAt = true;
    return TopologyStream::isBegunBy(text);
}

Status ImportReader::State::beginFeatures()
{
    std::string head = std::exchange(text, {});
    if (head.starts_with(kByteOrderMark))
        head.erase(0, kByteOrderMark.size());
    if (!TopologyStream::isBegunBy(head)) {
        cutter.emplace();
        return pushFeatures(head);
    }
    topology = std::make_unique<TopologyStream>(options.topologyBytesMax);
    return pushTopology(head);
}

Status ImportReader::State::pushTopology(std::string_view bytes)
{
    if (auto done = topology->push(bytes); !done)
        failure = done.error();
    return outcome();
}

Result<bool> ImportReader::State::readTopologyOn()
{
    if (failure)
        return std::unexpected(*failure);
    if (!isTopologyWhole || topology->left() == 0)
        return false;
    auto document = topology->next();
    if (!document) {
        failure = document.error();
        return std::unexpected(*failure);
    }
    addFaults(*document);
    for (std::size_t i = 0; i < document->features.size(); ++i) {
        if (options.kind == ImportKind::Events)
            readEventFeature(std::move(document->features[i]), document->numbers[i]);
        else
            readBoundaryFeature(std::move(document->features[i]), document->numbers[i],
                                topology->hasSeveralLayers());
    }
    return true;
}

Status ImportReader::State::pushFeatures(std::string_view bytes)
{
    const auto done = cutter->push(bytes, [this](std::string_view json, std::uint64_t number) {
        return readFeatureText(json, number);
    });
    if (!done)
        failure = done.error();
    return outcome();
}

/// What stands around the features is a document too: it says whether it is GeoJSON, and in which
/// coordinates.
Status ImportReader::State::finishFeatures()
{
    const auto around = cutter->finish();
    if (!around)
        return std::unexpected(around.error());
    const auto document = readGeoJson(*around);
    if (document && document->faultCount > 0)
        return fail(ErrorCode::InvalidInput,
                    "what stands around the features is no FeatureCollection");
    return document ? Status() : Status(std::unexpected(document.error()));
}

Status ImportReader::State::readFeatureText(std::string_view json, std::uint64_t number)
{
    if (number == 1) {
        // What is said before the features may be that they are in no degrees: then none is taken.
        const std::string &around = cutter->around();
        const std::string head =
            R"({"type":"FeatureCollection",)" + around.substr(around.find('{') + 1) + "]}";
        if (const auto document = readGeoJson(head); !document)
            return std::unexpected(document.error());
    }
    const std::string collection =
        std::format(R"({{"type":"FeatureCollection","features":[{}]}})", json);
    auto document = readGeoJson(collection);
    if (!document)
        return std::unexpected(Error{document.error().code,
                                     std::format("feature {}: {}", number, document.error().what),
                                     document.error().remedy});
    report.rowsRead += document->faultCount;
    report.rowsRejected += document->faultCount;
    report.faultCount += document->faultCount;
    // The collection around this one feature is ours; the number says which it is.
    constexpr std::string_view kOurs = "features[0]";
    for (schema::Fault &one : document->faults) {
        std::string_view path = one.field;
        if (path.starts_with(kOurs))
            path.remove_prefix(std::min(path.size(), kOurs.size() + 1));
        if (report.faults.size() < options.faultsMax)
            report.faults.push_back({number, std::string(path), std::move(one.reason)});
    }
    for (GeoFeature &feature : document->features) {
        if (options.kind == ImportKind::Events)
            readEventFeature(std::move(feature), number);
        else
            readBoundaryFeature(std::move(feature), number, false);
    }
    return {};
}

} // namespace chrona::formats
