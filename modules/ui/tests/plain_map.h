// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"

#include <QWidget>

namespace chrona::ui::test {

/// In windows whose map is not what is tested, it is a plain widget.
inline QWidget *plainMap(workspace::Session &, const Theme &, QWidget *parent)
{
    return new QWidget(parent);
}

} // namespace chrona::ui::test
