// SPDX-License-Identifier: AGPL-3.0-or-later
#include "region_layer.h"

#include <vector>

namespace chrona::ui {

std::shared_ptr<const RegionLayer> RegionLayer::from(const RegionValues &values)
{
    const std::vector<double> numbers(values.values.begin(), values.values.end());
    auto classes = geo::classify(numbers, values.classes);
    if (!classes)
        return nullptr;
    return std::make_shared<RegionLayer>(RegionLayer{values, std::move(*classes)});
}

std::optional<std::size_t> RegionLayer::classOf(std::string_view code) const
{
    if (code.empty())
        return std::nullopt;
    const auto found = values.values.constFind(
        QString::fromUtf8(code.data(), static_cast<qsizetype>(code.size())));
    return found == values.values.constEnd() ? std::nullopt : classes.classOf(*found);
}

QColor RegionLayer::colorOf(std::size_t classNumber, const MapStyle &style) const
{
    const auto &scale =
        values.classes.method == geo::ClassMethod::Diverging ? style.diverging : style.sequential;
    if (scale.empty())
        return style.land;
    if (classes.count() < 2)
        return scale[scale.size() / 2];
    const double at = double(classNumber) * double(scale.size() - 1) / double(classes.count() - 1);
    const auto low = static_cast<std::size_t>(at);
    return low + 1 < scale.size() ? mixed(scale[low], scale[low + 1], at - double(low))
                                  : scale[low];
}

} // namespace chrona::ui
