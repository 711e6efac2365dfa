// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/csv.h"
#include "chrona/schema/text.h"

#include <string>

using namespace chrona;
using namespace chrona::formats;
using chrona::fuzz::mustHold;

namespace {

constexpr CsvLimits kLimits{.fieldBytesMax = 64, .recordBytesMax = 256, .columnsMax = 8};

struct Transcript final : CsvSink {
    void row(const CsvRow &row) override
    {
        mustHold(!row.fields.empty() && row.fields.size() <= kLimits.columnsMax);
        text += std::to_string(row.number) + '@' + std::to_string(row.line);
        for (const std::string_view field : row.fields) {
            mustHold(field.size() <= kLimits.fieldBytesMax);
            mustHold(!schema::firstInvalidUtf8(field));
            text += '[';
            text += field;
            text += ']';
        }
    }
    void fault(const CsvFault &fault) override
    {
        mustHold(!fault.reason.empty() && fault.column <= kLimits.columnsMax + 1);
        text += std::to_string(fault.row) + '!' + std::to_string(fault.column);
    }
    std::string text;
};

std::string read(std::string_view bytes, std::size_t pieceBytes)
{
    Transcript transcript;
    CsvReader reader(kLimits);
    Status status;
    for (std::size_t at = 0; at < bytes.size() && status; at += pieceBytes)
        status = reader.push(bytes.substr(at, pieceBytes), transcript);
    if (!status || !reader.finish(transcript))
        transcript.text += "failed";
    return transcript.text;
}

} // namespace

/// However a file is cut into pieces, the same rows and faults come out.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes = fuzz::textOf(data + 1, size - 1);
    const std::size_t pieceBytes = 1 + data[0] % 31;
    const bool fits = bytes.size() <= kLimits.fieldBytesMax;
    // Where a field is beyond its limit, the piece decides how soon that is seen.
    const std::string whole = read(bytes, bytes.size() + 1);
    const std::string pieces = read(bytes, pieceBytes);
    mustHold(!fits || whole == pieces);
    return 0;
}
