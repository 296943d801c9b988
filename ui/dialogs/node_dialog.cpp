#include "ui/dialogs/node_dialog.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/pages/page_frame.h"
#include "ui/parts/button.h"
#include "ui/parts/text.h"

namespace attest::ui {
namespace {

namespace act = session::action;

constexpr int dialogWidth = 468;
constexpr int longestAe = 16;
constexpr int lastPort = 65535;

}  // namespace

NodeDialog::NodeDialog(Store& store, Node before, QWidget* parent)
    : QDialog(parent),
      store_(store),
      before_(std::move(before)),
      kind_(before_.kind),
      dimse_(named(new Button(QStringLiteral("DICOM"), Button::Look::tool), QStringLiteral("kindDimse"))),
      web_(named(new Button(QStringLiteral("DICOMweb"), Button::Look::tool), QStringLiteral("kindWeb"))),
      dimseFields_(new QWidget),
      webFields_(new QWidget),
      deliver_(named(new QCheckBox(tr("Send signed cases there")), QStringLiteral("nodeDeliver"))),
      accept_(named(new QCheckBox(tr("It may send to us")), QStringLiteral("nodeAccept"))),
      hint_(paragraph({}, "small", QStringLiteral("nodeHint"))),
      save_(named(new Button(tr("Save"), Button::Look::primary), QStringLiteral("saveNode"))) {
  named(this, QStringLiteral("nodeDialog"), before_.name.empty() ? tr("Add a node") : tr("Edit the node"));
  setWindowTitle(accessibleName());
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 24, 24, 20);
  column->setSpacing(6);
  column->addWidget(label(accessibleName(), "title"));
  auto* kinds = new QHBoxLayout;
  for (Button* one : {dimse_, web_}) {
    one->setCheckable(true);
    kinds->addWidget(one);
  }
  dimse_->setToolTip(tr("C-ECHO, C-FIND, C-GET or C-MOVE, C-STORE"));
  web_->setToolTip(tr("QIDO, WADO, STOW over HTTP"));
  kinds->addStretch();
  column->addLayout(kinds);
  name_ = field(column, "nodeName", tr("How you call it"), before_.name);
  makeDimse(column);
  makeWeb(column);
  column->addSpacing(4);
  deliver_->setChecked(before_.deliver);
  accept_->setChecked(before_.accept);
  column->addWidget(deliver_);
  column->addWidget(accept_);
  column->addWidget(hint_);
  column->addSpacing(8);
  auto* row = new QHBoxLayout;
  auto* cancel = named(new Button(tr("Cancel")), QStringLiteral("cancelNode"));
  save_->setKey(QStringLiteral("⏎"));
  cancel->setKey(QStringLiteral("Esc"));
  row->addWidget(save_);
  row->addWidget(cancel);
  row->addStretch();
  column->addLayout(row);
  connect(dimse_, &Button::clicked, this, [this] { setKind(NodeKind::dimse); });
  connect(web_, &Button::clicked, this, [this] { setKind(NodeKind::dicomweb); });
  connect(save_, &Button::clicked, this, &NodeDialog::save);
  connect(cancel, &Button::clicked, this, &NodeDialog::reject);
  setFixedWidth(dialogWidth);
  setKind(kind_);
  name_->setFocus();
}

QLineEdit* NodeDialog::field(QVBoxLayout* column, const char* name, const QString& caption,
                             const std::string& value) {
  auto* made = named(new QLineEdit(text(value)), QLatin1String(name));
  addField(column, caption, made);
  connect(made, &QLineEdit::textChanged, this, &NodeDialog::check);
  return made;
}

void NodeDialog::makeDimse(QVBoxLayout* column) {
  auto* inside = new QVBoxLayout(dimseFields_);
  inside->setContentsMargins(0, 0, 0, 0);
  inside->setSpacing(6);
  aeTitle_ = field(inside, "nodeAe", tr("Its AE title"), before_.aeTitle);
  host_ = field(inside, "nodeHost", tr("Host name or address"), before_.host);
  port_ = field(inside, "nodePort", tr("Port"), std::to_string(before_.port));
  callingAe_ = field(inside, "nodeCallingAe", tr("Our AE title there"), before_.callingAe);
  port_->setValidator(new QIntValidator(1, lastPort, port_));
  for (QLineEdit* one : {aeTitle_, callingAe_}) one->setMaxLength(longestAe);
  column->addWidget(dimseFields_);
}

void NodeDialog::makeWeb(QVBoxLayout* column) {
  auto* inside = new QVBoxLayout(webFields_);
  inside->setContentsMargins(0, 0, 0, 0);
  inside->setSpacing(6);
  url_ = field(inside, "nodeUrl", tr("Address, as https://pacs.example/dicom-web"), before_.url);
  user_ = field(inside, "nodeUser", tr("User; empty: none"), before_.user);
  password_ = field(inside, "nodePassword", tr("Password"), {});
  password_->setEchoMode(QLineEdit::Password);
  if (!before_.user.empty()) password_->setPlaceholderText(tr("unchanged"));
  column->addWidget(webFields_);
}

void NodeDialog::setKind(NodeKind kind) {
  kind_ = kind;
  dimse_->setChecked(kind == NodeKind::dimse);
  web_->setChecked(kind == NodeKind::dicomweb);
  dimseFields_->setVisible(kind == NodeKind::dimse);
  webFields_->setVisible(kind == NodeKind::dicomweb);
  accept_->setVisible(kind == NodeKind::dimse);
  check();
  adjustSize();
}

Node NodeDialog::entered() const {
  Node node = before_;
  node.name = utf8(name_->text().trimmed());
  node.kind = kind_;
  node.aeTitle = utf8(aeTitle_->text().trimmed());
  node.host = utf8(host_->text().trimmed());
  node.port = port_->text().toInt();
  node.callingAe = utf8(callingAe_->text().trimmed());
  node.url = utf8(url_->text().trimmed());
  node.user = utf8(user_->text().trimmed());
  node.password = Phi<std::string>(utf8(password_->text()));
  node.deliver = deliver_->isChecked();
  node.accept = kind_ == NodeKind::dimse && accept_->isChecked();
  return node;
}

void NodeDialog::check() {
  if (password_ == nullptr) return;  // still being made
  const Node node = entered();
  const auto& list = store_.state().nodes->list;
  const bool taken =
      node.name != before_.name && std::ranges::find(list, node.name, &Node::name) != list.end();
  const QUrl url(url_->text().trimmed());
  const bool isWeb = kind_ == NodeKind::dicomweb;
  const bool address =
      isWeb ? url.isValid() && url.scheme().startsWith(QLatin1String("http")) && !url.host().isEmpty()
            : !node.aeTitle.empty() && !node.host.empty() && node.port > 0;
  hint_->setText(taken               ? tr("Another node has this name.")
                 : node.name.empty() ? tr("It needs a name.")
                 : address           ? QString()
                 : isWeb             ? tr("It needs an address that begins with http:// or https://.")
                                     : tr("It needs an AE title, a host and a port."));
  save_->setEnabled(hint_->text().isEmpty());
}

void NodeDialog::keyPressEvent(QKeyEvent* event) {
  // Wherever the keyboard is, in a field or on a box.
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return save();
  QDialog::keyPressEvent(event);
}

void NodeDialog::save() {
  if (!save_->isEnabled()) return;
  store_.dispatch(act::PutNode{entered(), before_.name});
  accept();
}

}  // namespace attest::ui
