// SPDX-License-Identifier: AGPL-3.0-or-later
#include "conditions.h"

namespace chrona::storage {
namespace {

std::string literal(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\')
            result += '\\';
        result += c;
    }
    return result;
}

} // namespace

std::string Conditions::placeholder(Parameter value)
{
    m_parameters.push_back(std::move(value));
    return '$' + std::to_string(m_parameters.size());
}

void Conditions::add(std::string_view piece)
{
    m_sql += m_sql.empty() ? " WHERE " : " AND ";
    m_sql += piece;
}

void Conditions::add(std::string_view piece, Parameter value)
{
    const std::string name = placeholder(std::move(value));
    std::string text;
    for (const char c : piece) {
        if (c == '?')
            text += name;
        else
            text += c;
    }
    add(text);
}

void addBox(Conditions &where, const schema::GeoBox &box)
{
    where.add("latitude >= ?", box.south);
    where.add("latitude <= ?", box.north);
    if (box.west <= box.east) {
        where.add("longitude >= ?", box.west);
        where.add("longitude <= ?", box.east);
        return;
    }
    const std::string west = where.placeholder(box.west);
    where.add("(longitude >= " + west + " OR longitude <= ?)", box.east);
}

std::string likeAnywhere(std::string_view text)
{
    return '%' + literal(text) + '%';
}

std::string likePrefix(std::string_view text)
{
    return literal(text) + '%';
}

} // namespace chrona::storage
