#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <exception>
#include <memory>

#include "core/dicom/derived_elements.h"
#include "core/dicom/derived_object.h"
#include "core/dicom/derived_references.h"
#include "core/dicom/header.h"
#include "core/dicom/presentation_state.h"

namespace attest::dicom {
namespace {

Result<> check(const PresentationState& state) {
  if (state.rotationDegrees % 90 != 0 || state.rotationDegrees < 0 || state.rotationDegrees >= 360)
    return fail(ErrorCode::bad_argument, "a rotation that is no quarter turn");
  for (const SoftcopyVoi& voi : state.vois) {
    if (!voi.window && !voi.table) return fail(ErrorCode::bad_argument, "a VOI without window and table");
  }
  for (const Annotation& annotation : state.annotations) {
    if (std::ranges::find(state.layers, annotation.layer, &GraphicLayer::name) == state.layers.end())
      return fail(ErrorCode::bad_argument, "an annotation in a layer that is not declared");
  }
  return {};
}

void putLong(DcmItem& item, const DcmTagKey& tag, std::array<int, 2> values) {
  auto element = std::make_unique<DcmSignedLong>(DcmTag(tag));
  const Sint32 both[2]{values[0], values[1]};
  element->putSint32Array(both, 2);
  if (item.insert(element.get(), OFTrue).good()) element.release();
}

void putPoints(DcmItem& item, const DcmTagKey& tag, std::span<const GraphicPoint> points) {
  std::vector<Float32> values;
  for (const GraphicPoint& point : points) {
    values.push_back(static_cast<Float32>(point.x));
    values.push_back(static_cast<Float32>(point.y));
  }
  item.putAndInsertFloat32Array(tag, values.data(), static_cast<unsigned long>(values.size()));
}

const char* name(GraphicUnits units) {
  return units == GraphicUnits::display ? "DISPLAY" : "PIXEL";
}

const char* name(GraphicType type) {
  switch (type) {
    case GraphicType::point:
      return "POINT";
    case GraphicType::polyline:
      return "POLYLINE";
    case GraphicType::interpolated:
      return "INTERPOLATED";
    case GraphicType::circle:
      return "CIRCLE";
    case GraphicType::ellipse:
      return "ELLIPSE";
  }
  return "";
}

void addTable(DcmItem& parent, const DcmTagKey& sequence, const LookupTable& table) {
  DcmItem& item = addItem(parent, sequence);
  const auto count = static_cast<std::uint16_t>(table.entries.size());  // 65536 is written as 0
  std::unique_ptr<DcmElement> element;
  if (table.first < 0) {
    const Sint16 words[3]{static_cast<Sint16>(count), static_cast<Sint16>(table.first),
                          static_cast<Sint16>(table.bits)};
    element = std::make_unique<DcmSignedShort>(DcmTag(DCM_LUTDescriptor, EVR_SS));
    element->putSint16Array(words, 3);
  } else {
    const Uint16 words[3]{count, static_cast<Uint16>(table.first), static_cast<Uint16>(table.bits)};
    element = std::make_unique<DcmUnsignedShort>(DcmTag(DCM_LUTDescriptor, EVR_US));
    element->putUint16Array(words, 3);
  }
  if (item.insert(element.get(), OFTrue).good()) element.release();
  if (!table.explanation.empty()) put(item, DCM_LUTExplanation, table.explanation);
  item.putAndInsertUint16Array(DcmTag(DCM_LUTData, EVR_OW), table.entries.data(),
                               static_cast<unsigned long>(table.entries.size()));
}

void addModality(DcmItem& object, const PresentationState& state) {
  if (state.modalityTable) {
    addTable(object, DCM_ModalityLUTSequence, *state.modalityTable);
    put(*items(object, DCM_ModalityLUTSequence).front(), DCM_ModalityLUTType, "US");
  } else if (state.rescaleSlope && state.rescaleIntercept) {
    put(object, DCM_RescaleIntercept, {*state.rescaleIntercept});
    put(object, DCM_RescaleSlope, {*state.rescaleSlope});
    put(object, DCM_RescaleType, state.rescaleType.empty() ? "US" : state.rescaleType);
  }
}

void addVois(DcmItem& object, const PresentationState& state) {
  for (const SoftcopyVoi& voi : state.vois) {
    DcmItem& item = addItem(object, DCM_SoftcopyVOILUTSequence);
    addImageReferences(item, DCM_ReferencedImageSequence, voi.images);
    if (voi.table) addTable(item, DCM_VOILUTSequence, *voi.table);
    if (!voi.window) continue;
    put(item, DCM_WindowCenter, {voi.window->center});
    put(item, DCM_WindowWidth, {voi.window->width});
    if (!voi.explanation.empty()) put(item, DCM_WindowCenterWidthExplanation, voi.explanation);
    if (voi.function != "LINEAR") put(item, DCM_VOILUTFunction, voi.function);
  }
}

void addShutter(DcmItem& object, const DisplayShutter& shutter) {
  std::string shapes;
  const auto add = [&](const char* shape) { shapes += (shapes.empty() ? "" : "\\") + std::string(shape); };
  const auto number = [&](const DcmTagKey& tag, const std::string& value) { put(object, tag, value); };
  if (const auto& r = shutter.rectangle) {
    add("RECTANGULAR");
    number(DCM_ShutterLeftVerticalEdge, std::to_string(r->left));
    number(DCM_ShutterRightVerticalEdge, std::to_string(r->right));
    number(DCM_ShutterUpperHorizontalEdge, std::to_string(r->top));
    number(DCM_ShutterLowerHorizontalEdge, std::to_string(r->bottom));
  }
  if (const auto& c = shutter.circle) {
    add("CIRCULAR");
    number(DCM_CenterOfCircularShutter, std::to_string(c->row) + "\\" + std::to_string(c->column));
    number(DCM_RadiusOfCircularShutter, std::to_string(c->radius));
  }
  if (!shutter.polygon.empty()) {
    add("POLYGONAL");
    std::string vertices;
    for (const auto& [row, column] : shutter.polygon)
      vertices += (vertices.empty() ? "" : "\\") + std::to_string(row) + "\\" + std::to_string(column);
    number(DCM_VerticesOfThePolygonalShutter, vertices);
  }
  if (shapes.empty()) return;
  put(object, DCM_ShutterShape, shapes);
  putShort(object, DCM_ShutterPresentationValue, shutter.gray);
}

void addArea(DcmItem& object, const DisplayedArea& area) {
  DcmItem& item = addItem(object, DCM_DisplayedAreaSelectionSequence);
  addImageReferences(item, DCM_ReferencedImageSequence, area.images);
  putLong(item, DCM_DisplayedAreaTopLeftHandCorner, area.topLeft);
  putLong(item, DCM_DisplayedAreaBottomRightHandCorner, area.bottomRight);
  put(item, DCM_PresentationSizeMode,
      area.mode == AreaMode::true_size ? "TRUE SIZE"
      : area.mode == AreaMode::magnify ? "MAGNIFY"
                                       : "SCALE TO FIT");
  if (area.pixelSpacingMm) {
    put(item, DCM_PresentationPixelSpacing, {(*area.pixelSpacingMm)[0], (*area.pixelSpacingMm)[1]});
  } else {
    const auto ratio = area.pixelAspectRatio.value_or(std::array{1, 1});
    put(item, DCM_PresentationPixelAspectRatio, std::to_string(ratio[0]) + "\\" + std::to_string(ratio[1]));
  }
  if (area.mode == AreaMode::magnify)
    item.putAndInsertFloat32(DCM_PresentationPixelMagnificationRatio,
                             static_cast<Float32>(area.magnification));
}

void addText(DcmItem& annotation, const GraphicText& text) {
  DcmItem& item = addItem(annotation, DCM_TextObjectSequence);
  if (text.box) {
    put(item, DCM_BoundingBoxAnnotationUnits, name(text.boxUnits));
    putPoints(item, DCM_BoundingBoxTopLeftHandCorner, std::span(*text.box).first(1));
    putPoints(item, DCM_BoundingBoxBottomRightHandCorner, std::span(*text.box).last(1));
    put(item, DCM_BoundingBoxTextHorizontalJustification, "LEFT");
  }
  if (text.anchor) {
    put(item, DCM_AnchorPointAnnotationUnits, name(text.anchorUnits));
    putPoints(item, DCM_AnchorPoint, std::span(&*text.anchor, 1));
    put(item, DCM_AnchorPointVisibility, text.anchorVisible ? "Y" : "N");
  }
  std::string lines;
  for (const char c : text.text) lines += c == '\n' ? std::string("\r\n") : std::string(1, c);
  put(item, DCM_UnformattedTextValue, lines);
}

void addGraphic(DcmItem& annotation, const GraphicObject& graphic) {
  DcmItem& item = addItem(annotation, DCM_GraphicObjectSequence);
  put(item, DCM_GraphicAnnotationUnits, name(graphic.units));
  putShort(item, DCM_GraphicDimensions, 2);
  putShort(item, DCM_NumberOfGraphicPoints, static_cast<std::uint16_t>(graphic.points.size()));
  putPoints(item, DCM_GraphicData, graphic.points);
  put(item, DCM_GraphicType, name(graphic.type));
  const bool closes = graphic.type == GraphicType::circle || graphic.type == GraphicType::ellipse ||
                      (graphic.points.size() > 2 && graphic.points.front() == graphic.points.back());
  if (closes) put(item, DCM_GraphicFilled, graphic.filled ? "Y" : "N");
}

void addAnnotations(DcmItem& object, const PresentationState& state) {
  for (const Annotation& annotation : state.annotations) {
    DcmItem& item = addItem(object, DCM_GraphicAnnotationSequence);
    addImageReferences(item, DCM_ReferencedImageSequence, annotation.images);
    put(item, DCM_GraphicLayer, annotation.layer);
    for (const GraphicText& text : annotation.texts) addText(item, text);
    for (const GraphicObject& graphic : annotation.graphics) addGraphic(item, graphic);
  }
  for (const GraphicLayer& layer : state.layers) {
    DcmItem& item = addItem(object, DCM_GraphicLayerSequence);
    put(item, DCM_GraphicLayer, layer.name);
    put(item, DCM_GraphicLayerOrder, std::to_string(layer.order));
    if (layer.gray) putShort(item, DCM_GraphicLayerRecommendedDisplayGrayscaleValue, *layer.gray);
    if (layer.cieLab)
      item.putAndInsertUint16Array(DCM_GraphicLayerRecommendedDisplayCIELabValue, layer.cieLab->data(), 3);
    if (!layer.description.empty()) put(item, DCM_GraphicLayerDescription, layer.description);
  }
}

void putIdentification(DcmItem& object, const DerivedContext& context, const PresentationState& state) {
  put(object, DCM_ContentLabel, context.isSigned ? "SIGNED" : "UNSIGNED");
  put(object, DCM_ContentDescription, state.description.empty() ? notice(context) : state.description);
  put(object, DCM_ContentCreatorName, context.person);
  put(object, DCM_PresentationCreationDate, text(object, DCM_ContentDate));
  put(object, DCM_PresentationCreationTime, text(object, DCM_ContentTime));
  putEmpty(object, DCM_Laterality);  // asked for where the body part has two sides, which is not known
  object.findAndDeleteElement(DCM_ContentDate);  // of other kinds of objects
  object.findAndDeleteElement(DCM_ContentTime);
}

void putPresentationLut(DcmItem& object, const PresentationState& state) {
  if (state.presentationTable) {
    addTable(object, DCM_PresentationLUTSequence, *state.presentationTable);
  } else {
    put(object, DCM_PresentationLUTShape, state.inverse ? "INVERSE" : "IDENTITY");
  }
}

Result<> write(const std::filesystem::path& path, const DerivedContext& context,
               const PresentationState& state) {
  ATTEST_CHECK(check(state));
  DcmFileFormat file;
  DcmDataset& object = *file.getDataset();
  ATTEST_CHECK(startDerived(object, context, UID_GrayscaleSoftcopyPresentationStateStorage, "PR"));
  putIdentification(object, context, state);
  auto images = state.images.empty() ? sourcesOf(context) : state.images;
  for (ImageReference& image : images) {
    if (image.series.empty()) image.series = context.sourceSeries.uid;
  }
  addReferencedSeries(object, DCM_ReferencedImageSequence, images);
  addModality(object, state);
  addVois(object, state);
  putPresentationLut(object, state);
  if (state.shutter) addShutter(object, *state.shutter);
  if (state.rotationDegrees != 0 || state.flipHorizontal) {
    putShort(object, DCM_ImageRotation, static_cast<std::uint16_t>(state.rotationDegrees));
    put(object, DCM_ImageHorizontalFlip, state.flipHorizontal ? "Y" : "N");
  }
  for (const DisplayedArea& area : state.areas) addArea(object, area);
  if (state.areas.empty()) {
    const Index3 dims = context.sourceGrid.dims;
    addArea(object,
            {.images = {}, .bottomRight = {dims.i, dims.j}, .pixelSpacingMm = {}, .pixelAspectRatio = {}});
  }
  addAnnotations(object, state);
  return saveDerived(file, path);
}

}  // namespace

Result<> writePresentationState(const std::filesystem::path& path, const DerivedContext& context,
                                const PresentationState& state) {
  initialize();
  try {
    return write(path, context, state);
  } catch (const std::exception& error) {
    return fail(ErrorCode::internal, error.what());
  }
}

}  // namespace attest::dicom
