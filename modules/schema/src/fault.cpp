// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/fault.h"

namespace chrona::schema {

std::string describe(const Faults &faults)
{
    std::string text;
    for (const Fault &fault : faults) {
        if (!text.empty())
            text += "; ";
        text += fault.field;
        text += ' ';
        text += fault.reason;
    }
    return text;
}

} // namespace chrona::schema
