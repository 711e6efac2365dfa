// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "feature_cutter.h"
#include "import_row.h"
#include "topology_stream.h"

#include "chrona/formats/csv.h"
#include "chrona/formats/geo_feature.h"
#include "chrona/formats/import.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace chrona::formats {

enum class ImportShape : std::uint8_t { Unknown, Csv, Document };

/// A file on its way in.
struct ImportReader::State final : CsvSink {
    explicit State(ImportOptions given)
        : options(std::move(given)), current(options.kind, options.columns)
    {
    }

    void row(const CsvRow &csvRow) override;
    void fault(const CsvFault &csvFault) override;

    Status push(std::string_view bytes);
    Status finish();
    Status readDocument();
    // Of a document that is larger than is read as a whole: feature by feature.
    Status beginFeatures();
    Status pushTopology(std::string_view bytes);
    Result<bool> readTopologyOn();
    void addFaults(GeoDocument &document);
    /// Larger than is read as a whole.
    [[nodiscard]] bool isTooLarge();
    Status pushFeatures(std::string_view bytes);
    Status finishFeatures();
    Status readFeatureText(std::string_view json, std::uint64_t number);

    void readHeader(const CsvRow &csvRow);
    void readRow(const CsvRow &csvRow);
    void readCurrent();
    void readEventFeature(GeoFeature feature, std::uint64_t number);
    void readBoundaryFeature(GeoFeature feature, std::uint64_t number, bool severalLayers);
    template <class Draft> void settle(std::optional<Draft> draft, std::vector<Draft> &drafts);
    void reject(std::vector<ImportFault> &faults);
    [[nodiscard]] Status outcome() const
    {
        return failure ? Status(std::unexpected(*failure)) : Status();
    }
    [[nodiscard]] std::string columnName(std::uint32_t column) const;

    ImportOptions options;
    ImportRow current;
    ImportReport report;
    ImportBatch batch;
    CsvReader csv;
    std::optional<FeatureCutter> cutter;
    std::unique_ptr<TopologyStream> topology;
    bool wasLookedAt = false;     ///< for a topology that is not read as a whole
    bool isTopologyWhole = false; ///< its end came, its features may be read
    std::string text;             ///< the head until the shape is known, then all of a document
    ImportShape shape = ImportShape::Unknown;
    std::vector<std::string> header;
    std::vector<std::optional<std::size_t>> ourColumn; ///< of each of the file's
    std::set<std::string> boundaryKeys;                ///< seen in this file
    std::optional<Error> failure;
};

template <class Draft>
void ImportReader::State::settle(std::optional<Draft> draft, std::vector<Draft> &drafts)
{
    ++report.rowsRead;
    if (!draft) {
        reject(current.faultList());
        return;
    }
    ++report.rowsAccepted;
    drafts.push_back(std::move(*draft));
}

} // namespace chrona::formats
