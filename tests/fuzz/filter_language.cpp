// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/workspace/filter_language.h"

using namespace chrona;
using namespace Qt::StringLiterals;
using chrona::fuzz::mustHold;

/// A fault points into the text; what is accepted can be written, and reads as the same filter.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const workspace::FilterNames kNames{
        {u"US"_s, u"US-TX"_s, u"CA-QC"_s, u"JP"_s, QString()},
        {u"usgs-earthquakes"_s, u"news"_s, u"import:mine"_s}};
    const QString text =
        QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto filter = workspace::parseFilter(text, kNames);
    if (!filter) {
        mustHold(filter.error().at >= 0 && filter.error().length >= 0);
        mustHold(filter.error().at + filter.error().length <= text.size());
    } else {
        const QString written = workspace::filterText(*filter, kNames);
        const auto again = workspace::parseFilter(written, kNames);
        mustHold(again.has_value());
        mustHold(workspace::filterText(*again, kNames) == written);
    }
    for (const qsizetype cursor : {qsizetype{0}, text.size() / 2, text.size()}) {
        const auto completion = workspace::completeFilter(text, cursor, kNames);
        mustHold(completion.at >= 0 && completion.length >= 0);
        mustHold(completion.at + completion.length <= text.size());
        mustHold(completion.candidates.size() <= 12);
    }
    return 0;
}
