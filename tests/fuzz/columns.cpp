// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/ipc/columns.h"
#include "chrona/ipc/frame.h"

using namespace chrona;
using namespace chrona::ipc;
using chrona::fuzz::mustHold;

namespace {

/// A block that is accepted leaves columns of one length, and can be sent again.
template <class Columns> void read(std::span<const std::byte> block)
{
    Columns columns;
    const Status status = appendBlock(columns, block);
    mustHold(sameLength(columns));
    if (!status) {
        mustHold(rowCount(columns) == 0);
        return;
    }
    const QByteArray written = encodeBlock(columns, {0, rowCount(columns)});
    Columns again;
    mustHold(appendBlock(again, bytesOf(written)).has_value());
    mustHold(rowCount(again) == rowCount(columns));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto block = std::as_bytes(std::span(data + 1, size - 1));
    switch (data[0] % 4) {
    case 0: read<schema::EventColumns>(block); break;
    case 1: read<BarColumns>(block); break;
    case 2: read<GraphEdgeColumns>(block); break;
    default: read<ObservationColumns>(block); break;
    }
    return 0;
}
