// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "sound_values.h"

#include <QTest>

#include <functional>
#include <limits>

/// Rows of a test that change one sound value and name the fields at fault.
namespace fault_rows {

using chrona::schema::Fault;
using chrona::schema::Faults;
using Check = std::function<Faults()>;

inline constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kInfinite = std::numeric_limits<double>::infinity();

inline QByteArray fieldsOf(const Faults &faults)
{
    QByteArrayList fields;
    for (const Fault &fault : faults)
        fields << QByteArray::fromStdString(fault.field);
    return fields.join(' ');
}

/// Adds rows that change one sound value; the fields at fault follow.
template <class Value> auto rowsOf(Value (*make)())
{
    return [make](const char *name, auto change, const char *fields) {
        QTest::newRow(name) << Check([make, change] {
            Value value = make();
            change(value);
            return validate(value);
        }) << QByteArray(fields);
    };
}

inline void verifyRow()
{
    QFETCH(Check, check);
    QFETCH(QByteArray, fields);
    QCOMPARE(fieldsOf(check()), fields);
}

inline void addColumns()
{
    QTest::addColumn<Check>("check");
    QTest::addColumn<QByteArray>("fields");
}

} // namespace fault_rows
