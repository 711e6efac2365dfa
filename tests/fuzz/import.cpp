// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/import.h"
#include "chrona/schema/source.h"

#include <algorithm>

using namespace chrona;
using namespace chrona::formats;
using chrona::fuzz::mustHold;

namespace {

void checkDrafts(const ImportBatch &batch)
{
    for (const EventDraft &draft : batch.events) {
        mustHold(schema::validate(draft.event).empty());
        mustHold(draft.event.id == schema::eventIdFor(draft.event));
    }
    for (const BarDraft &draft : batch.bars)
        mustHold(schema::validate(draft.bar).empty());
    for (const ObservationDraft &draft : batch.observations)
        mustHold(schema::validate(draft.observation).empty());
    for (const schema::Quote &quote : batch.quotes)
        mustHold(schema::validate(quote).empty());
    for (const schema::Boundary &boundary : batch.boundaries)
        mustHold(schema::validate(boundary).empty());
}

} // namespace

/// Whatever an import accepts is valid, and every row is either accepted or rejected.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    ImportOptions options;
    options.kind = static_cast<ImportKind>(data[0] % 5);
    options.source = schema::sourceIdFor("import:fuzz");
    options.boundarySet = "fuzz";
    options.calendars = {{"SPY", "XNYS"}, {"BTC/USD", "24x7"}};
    options.faultsMax = 10;
    if (data[1] % 2 == 1)
        options.assumedLag = std::chrono::hours(data[1]);
    // Both ways to read a document: as a whole, and as one that is larger than that.
    if (data[1] % 3 == 0) {
        options.fileBytesMax = options.topologyWholeBytesMax = data[1];
        options.topologyBytesMax = 1 << 20;
    }
    const std::size_t pieceBytes = 1 + data[1] % 61;
    auto reader = ImportReader::create(options);
    mustHold(reader.has_value());
    std::string_view bytes = fuzz::textOf(data + 2, size - 2);
    std::uint64_t accepted = 0;
    Status status;
    while (!bytes.empty() && status) {
        status = reader->push(bytes.substr(0, pieceBytes));
        bytes.remove_prefix(std::min(pieceBytes, bytes.size()));
        const ImportBatch batch = reader->takeBatch();
        checkDrafts(batch);
        accepted += batch.size();
    }
    if (status)
        status = reader->finish();
    ImportBatch batch = reader->takeBatch();
    checkDrafts(batch);
    while (status) {
        const auto more = reader->readOn();
        if (!more || !*more)
            break;
        accepted += batch.size();
        batch = reader->takeBatch();
        checkDrafts(batch);
    }
    mustHold(reader->bytesPeak() <= options.topologyBytesMax);
    const ImportReport &report = reader->report();
    mustHold(accepted + batch.size() == report.rowsAccepted);
    mustHold(report.rowsAccepted + report.rowsRejected == report.rowsRead);
    mustHold(report.faults.size() <= options.faultsMax && report.faultCount >= report.rowsRejected);
    return 0;
}
