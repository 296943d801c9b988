#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <cmath>
#include <exception>

#include "core/dicom/derived_elements.h"
#include "core/dicom/derived_object.h"
#include "core/dicom/derived_references.h"
#include "core/dicom/presentation_state.h"

namespace attest::dicom {
namespace {

std::optional<int> integer(DcmItem& item, const DcmTagKey& tag, unsigned long index = 0) {
  Uint16 word = 0;
  if (item.findAndGetUint16(tag, word, index).good()) return word;
  Sint32 number = 0;
  if (item.findAndGetSint32(tag, number, index).good()) return number;
  return std::nullopt;
}

/// The points of a FL element, none where a number is missing or no number.
std::vector<GraphicPoint> points(DcmItem& item, const DcmTagKey& tag) {
  std::vector<GraphicPoint> out;
  Float32 x = 0;
  Float32 y = 0;
  for (unsigned long n = 0; item.findAndGetFloat32(tag, x, n).good(); n += 2) {
    if (item.findAndGetFloat32(tag, y, n + 1).bad() || !std::isfinite(x) || !std::isfinite(y)) return {};
    out.push_back({x, y});
  }
  return out;
}

GraphicUnits units(DcmItem& item, const DcmTagKey& tag) {
  return text(item, tag) == "DISPLAY" ? GraphicUnits::display : GraphicUnits::pixel;
}

/// Entries, first input value and bits; the second may be signed.
std::optional<std::array<int, 3>> descriptorOf(DcmItem& item) {
  DcmElement* element = nullptr;
  if (item.findAndGetElement(DCM_LUTDescriptor, element).bad()) return std::nullopt;
  std::array<int, 3> out{};
  for (unsigned long n = 0; n < 3; ++n) {
    Uint16 word = 0;
    Sint16 number = 0;
    if (element->getUint16(word, n).good()) {
      out[n] = word;
    } else if (element->getSint16(number, n).good()) {
      out[n] = n == 1 ? int{number} : int{static_cast<Uint16>(number)};
    } else {
      return std::nullopt;
    }
  }
  if (out[0] == 0) out[0] = 65536;
  return out;
}

std::optional<LookupTable> table(DcmItem* item) {
  if (item == nullptr) return std::nullopt;
  const auto descriptor = descriptorOf(*item);
  DcmElement* data = nullptr;
  Uint16* words = nullptr;
  if (!descriptor || (*descriptor)[2] < 8 || (*descriptor)[2] > 16 ||
      item->findAndGetElement(DCM_LUTData, data).bad() || data->getUint16Array(words).bad() ||
      words == nullptr) {
    return std::nullopt;
  }
  LookupTable out;
  out.first = (*descriptor)[1];
  out.bits = (*descriptor)[2];
  const auto count = static_cast<std::size_t>((*descriptor)[0]);
  if (data->getLength() >= 2 * count) {
    out.entries.assign(words, words + count);
  } else if (out.bits == 8 && data->getLength() >= count) {  // old writers pack two entries into a word
    for (std::size_t n = 0; n < count; ++n)
      out.entries.push_back(static_cast<std::uint16_t>(words[n / 2] >> (n % 2 * 8) & 0xFF));
  } else {
    return std::nullopt;
  }
  out.explanation = text(*item, DCM_LUTExplanation);
  return out;
}

void readModality(DcmDataset& object, PresentationState& state) {
  state.modalityTable = table(firstItem(object, DCM_ModalityLUTSequence));
  if (const auto slope = numbers(object, DCM_RescaleSlope, 1)) state.rescaleSlope = slope->front();
  if (const auto shift = numbers(object, DCM_RescaleIntercept, 1)) state.rescaleIntercept = shift->front();
  state.rescaleType = text(object, DCM_RescaleType);
}

void readVois(DcmDataset& object, PresentationState& state) {
  for (DcmItem* item : items(object, DCM_SoftcopyVOILUTSequence)) {
    SoftcopyVoi voi;
    voi.images = imageReferences(*item, DCM_ReferencedImageSequence);
    voi.table = table(firstItem(*item, DCM_VOILUTSequence));
    Float64 center = 0;
    Float64 width = 0;
    if (item->findAndGetFloat64(DCM_WindowCenter, center).good() &&
        item->findAndGetFloat64(DCM_WindowWidth, width).good() && std::isfinite(center) &&
        std::isfinite(width)) {
      voi.window = Window{center, width};
    }
    const std::string function = text(*item, DCM_VOILUTFunction);
    if (!function.empty()) voi.function = function;
    voi.explanation = text(*item, DCM_WindowCenterWidthExplanation);
    if (voi.window || voi.table) state.vois.push_back(std::move(voi));
  }
}

void readShutter(DcmDataset& object, PresentationState& state) {
  const std::string shapes = text(object, DCM_ShutterShape);
  if (shapes.empty()) return;
  DisplayShutter shutter;
  const auto edge = [&](const DcmTagKey& tag, unsigned long n = 0) {
    return integer(object, tag, n).value_or(0);
  };
  if (shapes.find("RECTANGULAR") != std::string::npos) {
    shutter.rectangle = {edge(DCM_ShutterLeftVerticalEdge), edge(DCM_ShutterRightVerticalEdge),
                         edge(DCM_ShutterUpperHorizontalEdge), edge(DCM_ShutterLowerHorizontalEdge)};
  }
  if (shapes.find("CIRCULAR") != std::string::npos) {
    shutter.circle = {edge(DCM_CenterOfCircularShutter, 0), edge(DCM_CenterOfCircularShutter, 1),
                      edge(DCM_RadiusOfCircularShutter)};
  }
  if (shapes.find("POLYGONAL") != std::string::npos) {
    constexpr unsigned long most = 4096;
    for (unsigned long n = 0; n < most && integer(object, DCM_VerticesOfThePolygonalShutter, n + 1); n += 2) {
      shutter.polygon.push_back(
          {edge(DCM_VerticesOfThePolygonalShutter, n), edge(DCM_VerticesOfThePolygonalShutter, n + 1)});
    }
  }
  if (shapes.find("BITMAP") != std::string::npos) state.notes.emplace_back("a bitmap shutter is not applied");
  shutter.gray = static_cast<std::uint16_t>(edge(DCM_ShutterPresentationValue));
  state.shutter = shutter;
}

void readAreas(DcmDataset& object, PresentationState& state) {
  for (DcmItem* item : items(object, DCM_DisplayedAreaSelectionSequence)) {
    DisplayedArea area;
    area.images = imageReferences(*item, DCM_ReferencedImageSequence);
    const auto low = numbers(*item, DCM_DisplayedAreaTopLeftHandCorner, 2);
    const auto high = numbers(*item, DCM_DisplayedAreaBottomRightHandCorner, 2);
    if (!low || !high) continue;
    const auto whole = [](double value) { return static_cast<int>(std::lround(value)); };
    area.topLeft = {whole((*low)[0]), whole((*low)[1])};
    area.bottomRight = {whole((*high)[0]), whole((*high)[1])};
    const std::string mode = text(*item, DCM_PresentationSizeMode);
    area.mode = mode == "TRUE SIZE" ? AreaMode::true_size
                : mode == "MAGNIFY" ? AreaMode::magnify
                                    : AreaMode::scale_to_fit;
    if (const auto ratio = numbers(*item, DCM_PresentationPixelMagnificationRatio, 1))
      area.magnification = ratio->front();
    if (const auto mm = numbers(*item, DCM_PresentationPixelSpacing, 2))
      area.pixelSpacingMm = {(*mm)[0], (*mm)[1]};
    if (const auto ratio = numbers(*item, DCM_PresentationPixelAspectRatio, 2))
      area.pixelAspectRatio = {whole((*ratio)[0]), whole((*ratio)[1])};
    state.areas.push_back(std::move(area));
  }
}

std::optional<GraphicText> readText(DcmItem& item) {
  GraphicText out;
  out.text = text(item, DCM_UnformattedTextValue);
  std::erase(out.text, '\r');
  out.boxUnits = units(item, DCM_BoundingBoxAnnotationUnits);
  out.anchorUnits = units(item, DCM_AnchorPointAnnotationUnits);
  const auto low = points(item, DCM_BoundingBoxTopLeftHandCorner);
  const auto high = points(item, DCM_BoundingBoxBottomRightHandCorner);
  if (low.size() == 1 && high.size() == 1) out.box = {low.front(), high.front()};
  const auto anchor = points(item, DCM_AnchorPoint);
  if (anchor.size() == 1) out.anchor = anchor.front();
  out.anchorVisible = text(item, DCM_AnchorPointVisibility) == "Y";
  return out.box || out.anchor ? std::optional(out) : std::nullopt;
}

std::optional<GraphicObject> readGraphic(DcmItem& item) {
  GraphicObject out;
  const std::string type = text(item, DCM_GraphicType);
  if (type == "POINT") {
    out.type = GraphicType::point;
  } else if (type == "INTERPOLATED") {
    out.type = GraphicType::interpolated;
  } else if (type == "CIRCLE") {
    out.type = GraphicType::circle;
  } else if (type == "ELLIPSE") {
    out.type = GraphicType::ellipse;
  } else if (type != "POLYLINE") {
    return std::nullopt;
  }
  out.units = units(item, DCM_GraphicAnnotationUnits);
  out.points = points(item, DCM_GraphicData);
  out.filled = text(item, DCM_GraphicFilled) == "Y";
  const std::size_t least = out.type == GraphicType::point ? 1 : out.type == GraphicType::ellipse ? 4 : 2;
  return out.points.size() < least ? std::nullopt : std::optional(out);
}

void readAnnotations(DcmDataset& object, PresentationState& state) {
  std::size_t lost = 0;
  for (DcmItem* item : items(object, DCM_GraphicAnnotationSequence)) {
    Annotation out;
    out.images = imageReferences(*item, DCM_ReferencedImageSequence);
    out.layer = text(*item, DCM_GraphicLayer);
    for (DcmItem* entry : items(*item, DCM_TextObjectSequence)) {
      if (auto one = readText(*entry))
        out.texts.push_back(*std::move(one));
      else
        ++lost;
    }
    for (DcmItem* entry : items(*item, DCM_GraphicObjectSequence)) {
      if (auto one = readGraphic(*entry))
        out.graphics.push_back(*std::move(one));
      else
        ++lost;
    }
    lost += items(*item, DCM_CompoundGraphicSequence).size();
    state.annotations.push_back(std::move(out));
  }
  if (lost > 0) state.notes.push_back(std::to_string(lost) + " annotations are of a kind that is not drawn");
  for (DcmItem* item : items(object, DCM_GraphicLayerSequence)) {
    GraphicLayer layer{text(*item, DCM_GraphicLayer),
                       integer(*item, DCM_GraphicLayerOrder).value_or(0),
                       {},
                       {},
                       text(*item, DCM_GraphicLayerDescription)};
    Uint16 gray = 0;
    if (item->findAndGetUint16(DCM_GraphicLayerRecommendedDisplayGrayscaleValue, gray).good())
      layer.gray = gray;
    std::array<std::uint16_t, 3> lab{};
    bool all = true;
    for (unsigned long n = 0; n < 3; ++n)
      all &= item->findAndGetUint16(DCM_GraphicLayerRecommendedDisplayCIELabValue, lab[n], n).good();
    if (all) layer.cieLab = lab;
    state.layers.push_back(std::move(layer));
  }
}

void noteTheRest(DcmDataset& object, PresentationState& state) {
  if (object.tagExists(DCM_MaskSubtractionSequence))
    state.notes.emplace_back("a mask subtraction is not applied");
  for (Uint16 group = 0x6000; group <= 0x601E; group = static_cast<Uint16>(group + 2)) {
    if (!object.tagExists(DcmTagKey(group, 0x3000))) continue;
    state.notes.emplace_back("overlays of the presentation state itself are not shown");
    return;
  }
}

Result<PresentationState> read(const std::filesystem::path& path) {
  DcmFileFormat file;
  ATTEST_CHECK(openDerived(file, path));
  DcmDataset& object = *file.getDataset();
  if (text(object, DCM_SOPClassUID) != UID_GrayscaleSoftcopyPresentationStateStorage)
    return fail(ErrorCode::unsupported, "no grayscale presentation state");
  PresentationState state;
  state.sopUid.value = text(object, DCM_SOPInstanceUID);
  state.label = text(object, DCM_ContentLabel);
  state.description = text(object, DCM_ContentDescription);
  state.creator = text(object, DCM_ContentCreatorName);
  state.images = referencedSeries(object, DCM_ReferencedImageSequence);
  readModality(object, state);
  readVois(object, state);
  state.inverse = text(object, DCM_PresentationLUTShape) == "INVERSE";
  state.presentationTable = table(firstItem(object, DCM_PresentationLUTSequence));
  readShutter(object, state);
  const int turn = integer(object, DCM_ImageRotation).value_or(0);
  if (turn % 90 != 0) return fail(ErrorCode::bad_file, "Image Rotation (0070,0042) is no quarter turn");
  state.rotationDegrees = (turn % 360 + 360) % 360;
  state.flipHorizontal = text(object, DCM_ImageHorizontalFlip) == "Y";
  readAreas(object, state);
  readAnnotations(object, state);
  noteTheRest(object, state);
  return state;
}

}  // namespace

Result<PresentationState> readPresentationState(const std::filesystem::path& path) {
  try {
    return read(path);
  } catch (const std::exception& error) {
    return fail(ErrorCode::bad_file, error.what());
  }
}

}  // namespace attest::dicom
