// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"
#include "chrona/schema/boundary.h"
#include "chrona/schema/event.h"
#include "chrona/schema/oracle.h"
#include "chrona/schema/series.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Files that people bring: CSV, GeoJSON and TopoJSON as docs/guides/importing.md describes, to
/// drafts of the world model. Rows that cannot be read are reported one by one; the others go on.
namespace chrona::formats {

enum class ImportKind : std::uint8_t { Events, Bars, Observations, Quotes, Boundaries };
[[nodiscard]] std::string_view toString(ImportKind kind);
[[nodiscard]] std::optional<ImportKind> importKindFrom(std::string_view text);

enum class Need : std::uint8_t { Required, Optional };

struct ColumnSpec {
    std::string_view name;
    Need need;
};

/// The columns of a kind, in the order by which rows are asked for them. None for boundaries.
[[nodiscard]] std::span<const ColumnSpec> columnsOf(ImportKind kind);

struct ImportOptions {
    ImportKind kind = ImportKind::Events;
    schema::SourceId source; ///< to which the rows belong
    Instant importedAt;      ///< now: since when a row counts as known if nothing else says so
    std::optional<Duration> assumedLag;         ///< `--availability assumed:LAG`
    std::map<std::string, std::string> columns; ///< our column → the file's (`--map`)
    /// Boundaries: the set that they make up; layers of a TopoJSON become sets "SET:LAYER".
    std::string boundarySet;
    std::string idProperty;   ///< boundaries: empty: the feature's id
    std::string nameProperty; ///< boundaries: empty: "name"
    /// Bars: calendar codes of instruments that are known already, by symbol.
    std::map<std::string, std::string, std::less<>> calendars;
    std::string defaultCalendar = "XNYS"; ///< of the others
    bool synthetic = false;
    /// Of GeoJSON and TopoJSON that are read as a whole. A FeatureCollection that is larger is read
    /// feature by feature, a topology as the next two say; of anything else nothing is taken.
    std::size_t fileBytesMax = 256 << 20;
    /// A topology that is larger is not read as a whole: its arcs are kept packed and its
    /// geometries as text, and what that takes never goes beyond topologyBytesMax.
    std::size_t topologyWholeBytesMax = 32 << 20;
    std::size_t topologyBytesMax = 768 << 20;
    std::size_t faultsMax = 1000; ///< kept; all are counted
};

/// Reads what `--availability` says: "assumed:36h".
[[nodiscard]] Result<Duration> parseAvailability(std::string_view text);

struct EventDraft {
    schema::Event event;               ///< id set; entities empty
    std::vector<std::string> entities; ///< as the file names them: keys, codes, symbols or names
};

struct BarDraft {
    std::string symbol;
    std::string currency; ///< empty: not stated
    std::string calendar; ///< by which it was dated
    schema::PriceBar bar; ///< instrument: instrumentIdFor(symbol)
};

struct ObservationDraft {
    std::string series;
    std::string unit, region;        ///< empty: not stated
    schema::Observation observation; ///< series: seriesIdFor(series)
};

/// Of the kind that was asked for; the other lists are empty.
struct ImportBatch {
    std::vector<EventDraft> events;
    std::vector<BarDraft> bars;
    std::vector<ObservationDraft> observations;
    std::vector<schema::Quote> quotes;
    std::vector<schema::Boundary> boundaries;
    [[nodiscard]] std::size_t size() const;
};

struct ImportFault {
    std::uint64_t row =
        0; ///< CSV: number of the record, the header is 1; GeoJSON: of the feature, from 1
    std::string
        column; ///< name of the file's column or path in the feature; empty: the row as a whole
    std::string reason;
    friend bool operator==(const ImportFault &, const ImportFault &) = default;
};

struct ImportReport {
    std::uint64_t rowsRead = 0; ///< without the header
    std::uint64_t rowsAccepted = 0;
    std::uint64_t rowsRejected = 0;
    std::vector<ImportFault> faults; ///< the first faultsMax; a row may have several
    std::uint64_t faultCount = 0;
    std::vector<std::string> ignoredColumns; ///< the file's, that mean nothing to us
};

/// One file. Push its bytes in pieces, take what is ready after each, and finish.
/// One thread at a time.
class ImportReader {
public:
    /// Fails when the options do not fit the kind.
    [[nodiscard]] static Result<ImportReader> create(ImportOptions options);
    ~ImportReader();
    ImportReader(ImportReader &&) noexcept;
    ImportReader &operator=(ImportReader &&) noexcept;

    /// Fails when the file as a whole is of no use: no CSV, a required column is missing, a
    /// document that is no GeoJSON. What was taken before stays valid; nothing more may be pushed.
    [[nodiscard]] Status push(std::string_view bytes);
    [[nodiscard]] Status finish();
    /// After finish(): a large topology gives its features only now, for they need arcs that may
    /// stand behind them. True: there was a part, take the batch and call again. False: that was
    /// all; at once for any other file.
    [[nodiscard]] Result<bool> readOn();
    /// Geometries that are still to come of readOn(), for progress.
    [[nodiscard]] std::size_t heldBack() const;
    /// The most that was held of a large topology at one time; 0 for any other file.
    [[nodiscard]] std::size_t bytesPeak() const;
    /// Drafts that are ready, in the order of the file.
    [[nodiscard]] ImportBatch takeBatch();
    [[nodiscard]] const ImportReport &report() const;

private:
    struct State;
    explicit ImportReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace chrona::formats
