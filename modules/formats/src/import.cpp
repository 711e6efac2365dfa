// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/import.h"

#include "chrona/formats/csv.h"
#include "chrona/formats/geo_feature.h"
#include "chrona/schema/calendar.h"

#include "import_drafts.h"
#include "import_state.h"
#include "utf8.h"

#include <algorithm>
#include <array>
#include <format>
#include <set>
#include <utility>

namespace chrona::formats {
namespace {

constexpr std::array<std::string_view, 5> kKindNames{"events", "bars", "observations", "quotes",
                                                     "boundaries"};

/// What the first byte that says something says; a JSON document begins with a brace.
ImportShape shapeOf(std::string_view head)
{
    if (head.starts_with(kByteOrderMark))
        head.remove_prefix(kByteOrderMark.size());
    const auto first = trimmed(head);
    if (first.empty())
        return ImportShape::Unknown;
    return first.front() == '{' || first.front() == '[' ? ImportShape::Document : ImportShape::Csv;
}

Status checkOptions(const ImportOptions &options)
{
    const auto columns = columnsOf(options.kind);
    for (const auto &[ours, theirs] : options.columns) {
        if (!std::ranges::contains(columns, std::string_view(ours), &ColumnSpec::name))
            return fail(ErrorCode::InvalidInput,
                        std::format("{} have no column '{}'", toString(options.kind), ours));
        if (trimmed(theirs).empty())
            return fail(ErrorCode::InvalidInput,
                        std::format("the column '{}' is mapped to nothing", ours));
    }
    if (options.kind == ImportKind::Events && options.source.isNull())
        return fail(ErrorCode::InvalidInput, "events need a source to belong to");
    if (options.kind == ImportKind::Boundaries && options.boundarySet.empty())
        return fail(ErrorCode::InvalidInput, "boundaries need the name of the set they make up");
    if (!schema::calendarFrom(options.defaultCalendar))
        return fail(ErrorCode::InvalidInput,
                    std::format("the calendar '{}' is unknown", options.defaultCalendar),
                    "use XNYS or 24x7");
    return {};
}

} // namespace

std::string_view toString(ImportKind kind)
{
    return kKindNames[static_cast<std::size_t>(kind)];
}

std::optional<ImportKind> importKindFrom(std::string_view text)
{
    const auto found = std::ranges::find(kKindNames, text);
    if (found == kKindNames.end())
        return std::nullopt;
    return static_cast<ImportKind>(found - kKindNames.begin());
}

Result<Duration> parseAvailability(std::string_view text)
{
    constexpr std::string_view kPrefix = "assumed:";
    const auto refuse = [text] {
        return fail(ErrorCode::InvalidInput,
                    std::format("'{}' is no availability", text.substr(0, 40)),
                    "write assumed: and a duration, such as assumed:36h");
    };
    if (!text.starts_with(kPrefix))
        return refuse();
    const auto lag = parseDuration(text.substr(kPrefix.size()));
    if (!lag || *lag < Duration{0})
        return refuse();
    return *lag;
}

std::size_t ImportBatch::size() const
{
    return events.size() + bars.size() + observations.size() + quotes.size() + boundaries.size();
}

std::string ImportReader::State::columnName(std::uint32_t column) const
{
    if (column == 0)
        return {};
    return column <= header.size() ? header[column - 1] : std::format("column {}", column);
}

void ImportReader::State::reject(std::vector<ImportFault> &faults)
{
    ++report.rowsRejected;
    report.faultCount += faults.size();
    for (ImportFault &one : faults) {
        if (report.faults.size() == options.faultsMax)
            break;
        report.faults.push_back(std::move(one));
    }
}

void ImportReader::State::fault(const CsvFault &csvFault)
{
    if (failure)
        return;
    if (header.empty()) {
        failure = fail(ErrorCode::InvalidInput,
                       std::format("the header line cannot be read: column {} {}", csvFault.column,
                                   csvFault.reason))
                      .error();
        return;
    }
    ++report.rowsRead;
    std::vector<ImportFault> faults{{csvFault.row, columnName(csvFault.column), csvFault.reason}};
    reject(faults);
}

void ImportReader::State::readHeader(const CsvRow &csvRow)
{
    for (const std::string_view field : csvRow.fields)
        header.emplace_back(trimmed(field));
    const auto columns = columnsOf(options.kind);
    std::vector<bool> isThere(columns.size());
    for (const std::string &name : header) {
        std::optional<std::size_t> ours;
        for (std::size_t column = 0; column < columns.size() && !ours; ++column) {
            if (equalsIgnoringCase(name, current.nameOf(column)))
                ours = column;
        }
        if (!ours)
            report.ignoredColumns.push_back(name);
        else if (isThere[*ours])
            failure = Error{ErrorCode::InvalidInput,
                            std::format("the header names the column '{}' twice", name)};
        else
            isThere[*ours] = true;
        ourColumn.push_back(ours);
    }
    std::string missing;
    for (std::size_t column = 0; column < columns.size(); ++column) {
        if (columns[column].need == Need::Required && !isThere[column])
            missing += std::format("{}'{}'", missing.empty() ? "" : ", ", current.nameOf(column));
    }
    if (missing.empty())
        return;
    const bool otherSeparator =
        header.size() == 1 && header.front().find_first_of(";\t") != std::string::npos;
    failure = Error{ErrorCode::InvalidInput, std::format("the header lacks {}", missing),
                    otherSeparator ? "separate the columns by commas"
                                   : "name the columns so, or say with --map which ones they are"};
}

void ImportReader::State::row(const CsvRow &csvRow)
{
    if (failure)
        return;
    if (header.empty())
        readHeader(csvRow);
    else
        readRow(csvRow);
}

void ImportReader::State::readRow(const CsvRow &csvRow)
{
    current.begin(csvRow.number);
    if (csvRow.fields.size() != header.size()) {
        ++report.rowsRead;
        current.fault(std::string(), std::format("has {} fields, the header names {}",
                                                 csvRow.fields.size(), header.size()));
        reject(current.faultList());
        return;
    }
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (ourColumn[i])
            current.setCell(*ourColumn[i], csvRow.fields[i]);
    }
    readCurrent();
}

void ImportReader::State::readCurrent()
{
    switch (options.kind) {
    case ImportKind::Events: settle(readEvent(current, options), batch.events); break;
    case ImportKind::Bars: settle(readBar(current, options), batch.bars); break;
    case ImportKind::Observations:
        settle(readObservation(current, options), batch.observations);
        break;
    case ImportKind::Quotes: settle(readQuote(current), batch.quotes); break;
    case ImportKind::Boundaries: break;
    }
}

Status ImportReader::State::push(std::string_view bytes)
{
    if (failure)
        return outcome();
    if (shape == ImportShape::Csv) {
        if (auto status = csv.push(bytes, *this); !status)
            failure = status.error();
        return outcome();
    }
    if (shape == ImportShape::Unknown) {
        text += std::exchange(bytes, {});
        shape = shapeOf(text);
    }
    if (shape == ImportShape::Csv && options.kind != ImportKind::Boundaries)
        return push(std::exchange(text, {}));
    if (cutter)
        return pushFeatures(bytes);
    if (topology)
        return pushTopology(bytes);
    text += bytes;
    const bool readsDocuments =
        options.kind == ImportKind::Events || options.kind == ImportKind::Boundaries;
    if (shape == ImportShape::Document && !readsDocuments)
        failure = Error{ErrorCode::InvalidInput,
                        std::format("{} are read from CSV only", toString(options.kind))};
    else if (shape == ImportShape::Csv)
        failure =
            Error{ErrorCode::InvalidInput, "boundaries are read from GeoJSON or TopoJSON only"};
    else if (isTooLarge())
        return beginFeatures();
    return outcome();
}

Status ImportReader::State::finish()
{
    if (failure)
        return outcome();
    Status status;
    if (shape == ImportShape::Csv)
        status = csv.finish(*this);
    else if (shape == ImportShape::Document)
        status = cutter ? finishFeatures() : topology ? topology->finish() : readDocument();
    isTopologyWhole = status.has_value() && topology;
    if (!status)
        failure = status.error();
    else if (!failure && header.empty() && shape != ImportShape::Document)
        failure = Error{ErrorCode::InvalidInput, "the file is empty"};
    return outcome();
}

Result<ImportReader> ImportReader::create(ImportOptions options)
{
    if (auto status = checkOptions(options); !status)
        return std::unexpected(status.error());
    return ImportReader(std::make_unique<State>(std::move(options)));
}

ImportReader::ImportReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ImportReader::~ImportReader() = default;
ImportReader::ImportReader(ImportReader &&) noexcept = default;
ImportReader &ImportReader::operator=(ImportReader &&) noexcept = default;

Status ImportReader::push(std::string_view bytes)
{
    return m_state->push(bytes);
}

Status ImportReader::finish()
{
    return m_state->finish();
}

Result<bool> ImportReader::readOn()
{
    return m_state->readTopologyOn();
}

std::size_t ImportReader::heldBack() const
{
    return m_state->topology ? m_state->topology->left() : 0;
}

std::size_t ImportReader::bytesPeak() const
{
    return m_state->topology ? m_state->topology->bound().peak() : 0;
}

ImportBatch ImportReader::takeBatch()
{
    return std::exchange(m_state->batch, {});
}

const ImportReport &ImportReader::report() const
{
    return m_state->report;
}

} // namespace chrona::formats
