// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/geometry.h"
#include "chrona/storage/parameter.h"

#include <string>
#include <string_view>

namespace chrona::storage {

/// The WHERE of a statement: fixed pieces of SQL and parameters, never a value in the text.
class Conditions {
public:
    /// `?` in the piece stands for the value, as often as it occurs.
    void add(std::string_view piece, Parameter value);
    void add(std::string_view piece);

    /// The placeholder of one more parameter, for use outside of the conditions.
    [[nodiscard]] std::string placeholder(Parameter value);
    /// " WHERE a AND b", or nothing.
    [[nodiscard]] const std::string &sql() const { return m_sql; }
    [[nodiscard]] const Parameters &parameters() const { return m_parameters; }

private:
    std::string m_sql;
    Parameters m_parameters;
};

/// The point that stands for an event's place lies in the box, which may cross 180°.
void addBox(Conditions &where, const schema::GeoBox &box);

/// "%text%" for LIKE, with what LIKE would read as a pattern taken literally.
[[nodiscard]] std::string likeAnywhere(std::string_view text);
[[nodiscard]] std::string likePrefix(std::string_view text);

} // namespace chrona::storage
