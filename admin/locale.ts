/**
 * What Decap's own buttons and messages say: the Vietnamese it lacks, and plainer words for what its
 * Vietnamese says clumsily. A name in %{…} is Decap's to fill in.
 */

/** Words by name, as Decap keeps them. */
export interface Phrases {
  [name: string]: string | Phrases;
}

const attached = (what: string) => ({
  choose: `Chọn ${what}`,
  chooseMultiple: `Chọn các ${what}`,
  chooseUrl: "Lấy từ một địa chỉ",
  replaceUrl: "Thay bằng địa chỉ khác",
  promptUrl: `Địa chỉ của ${what}`,
  chooseDifferent: `Chọn ${what} khác`,
  addMore: `Thêm ${what}`,
  remove: `Bỏ ${what}`,
  removeAll: `Bỏ hết ${what}`,
});

const STATUSES = {
  draft: "Đang viết",
  inReview: "Chờ duyệt",
  ready: "Đã duyệt",
};

const ours: Phrases = {
  auth: {
    login: "Bắt đầu",
    loggingIn: "Đang mở…",
    loginWithAzure: "Đăng nhập bằng Azure",
    loginWithForgejo: "Đăng nhập bằng Forgejo",
    errors: {
      identitySettings:
        "Không đọc được thiết lập đăng nhập. Nhờ người quản trị trang xem lại.",
    },
  },
  app: {
    header: {
      workflow: "Bài chờ",
      media: "Ảnh và tệp",
      quickAdd: "Viết mới",
    },
    app: {
      errorHeader: "Không mở được trang soạn bài",
      configErrors: "Thiết lập chưa đúng",
      checkConfigYml: "Nhờ người quản trị trang xem lại thiết lập.",
      loadingConfig: "Đang mở…",
      waitingBackend: "Đang chờ máy chủ…",
    },
    notFoundPage: { header: "Không tìm thấy trang này" },
  },
  collection: {
    sidebar: {
      collections: "Các mục",
      allCollections: "Tất cả các mục",
      searchAll: "Tìm trong tất cả",
      searchIn: "Tìm trong",
    },
    collectionTop: {
      viewAs: "Cách xem",
      viewAsList: "Xem thành danh sách",
      viewAsGrid: "Xem thành ô",
      newButton: "+ Thêm %{collectionLabel}",
      newButtonAriaLabel: "Thêm %{collectionLabel}",
      searchResults: "Kết quả tìm “%{searchTerm}”",
      searchResultsInCollection:
        "Kết quả tìm “%{searchTerm}” trong %{collection}",
      filterBy: "Chỉ xem",
      groupBy: "Xếp nhóm theo",
    },
    entries: {
      loadingEntries: "Đang mở danh sách…",
      cachingEntries: "Đang chuẩn bị danh sách…",
      longerLoading: "Có thể mất vài phút",
      noEntries: "Chưa có mục nào",
      unpublishedHeader: "Chưa đăng",
    },
    groups: { other: "Khác", negateLabel: "Không %{label}" },
  },
  editor: {
    editorControl: {
      field: {
        optional: "không bắt buộc",
        widgetLabel: "Trường %{widgetLabel}",
      },
    },
    editorControlPane: {
      widget: {
        required: "Điền «%{fieldLabel}».",
        // The pattern's own words say what to do.
        regexPattern: "«%{fieldLabel}»: %{pattern}",
        processing: "Đang xử lý «%{fieldLabel}».",
        range: "«%{fieldLabel}» phải từ %{minValue} đến %{maxValue}.",
        min: "«%{fieldLabel}» phải từ %{minValue} trở lên.",
        max: "«%{fieldLabel}» nhiều nhất là %{maxValue}.",
        rangeCount:
          "«%{fieldLabel}» phải có từ %{minCount} đến %{maxCount} mục.",
        rangeCountExact: "«%{fieldLabel}» phải có đúng %{count} mục.",
        rangeMin: "«%{fieldLabel}» phải có ít nhất %{minCount} mục.",
        rangeMax: "«%{fieldLabel}» có nhiều nhất %{maxCount} mục.",
        invalidPath: "Địa chỉ «%{path}» không dùng được.",
        pathExists: "Địa chỉ «%{path}» đã có bài khác dùng.",
      },
      i18n: {
        writingInLocale: "Đang viết bằng %{locale}",
        copyFromLocale: "Chép từ ngôn ngữ khác",
        copyFromLocaleConfirm:
          "Chép từ bản %{locale}?\nNội dung đang có ở đây sẽ bị thay.",
      },
    },
    editor: {
      onLeavePage: "Bài chưa lưu. Vẫn rời trang này?",
      onUpdatingWithUnsavedChanges: "Hãy lưu bài trước khi đổi trạng thái.",
      onPublishingNotReady: `Hãy chuyển trạng thái sang «${STATUSES.ready}» trước khi đăng.`,
      onPublishingWithUnsavedChanges: "Hãy lưu bài trước khi đăng.",
      onPublishing: "Đăng bài này?",
      onUnpublishing: "Ngừng đăng bài này?",
      onDeleteWithUnsavedChanges:
        "Xóa bài đã đăng này cùng những gì bạn chưa lưu?",
      onDeletePublishedEntry: "Xóa bài đã đăng này?",
      onDeleteUnpublishedChangesWithUnsavedChanges:
        "Bỏ mọi thay đổi chưa đăng của bài này, cả những gì bạn chưa lưu?",
      onDeleteUnpublishedChanges: "Bỏ mọi thay đổi chưa đăng của bài này?",
      loadingEntry: "Đang mở bài…",
      confirmLoadBackup:
        "Máy này còn giữ phần bạn viết dở lần trước. Viết tiếp từ đó?",
    },
    editorInterface: {
      toggleI18n: "Bật, tắt bản ngôn ngữ khác",
      togglePreview: "Bật, tắt phần xem trước",
      toggleScrollSync: "Cuộn hai bên cùng nhau",
      toggleNotes: "Bật, tắt lời nhắn",
    },
    editorNotesPane: {
      title: "Lời nhắn",
      emptyState: "Chưa có lời nhắn nào. Viết lời đầu tiên ở dưới đây.",
      addNote: "Thêm lời nhắn",
      addPlaceholder: "Viết lời nhắn…",
      editPlaceholder: "Sửa lời nhắn…",
      save: "Lưu",
      cancel: "Thôi",
      edit: "Sửa",
      delete: "Xóa",
      resolve: "Đã xong",
      unresolve: "Chưa xong",
      confirmDelete: "Xóa lời nhắn này?",
      shortcut: "Nhấn Ctrl+Enter để gửi nhanh",
    },
    editorToolbar: {
      publishing: "Đang đăng…",
      publish: "Đăng",
      published: "Đã đăng",
      unpublish: "Ngừng đăng",
      duplicate: "Chép thành bài mới",
      unpublishing: "Đang ngừng đăng…",
      publishAndCreateNew: "Đăng rồi viết bài mới",
      publishAndDuplicate: "Đăng rồi chép thành bài mới",
      deleteUnpublishedChanges: "Bỏ thay đổi chưa đăng",
      deleteUnpublishedEntry: "Xóa bài chưa đăng",
      deletePublishedEntry: "Xóa bài đã đăng",
      deleteEntry: "Xóa bài",
      saving: "Đang lưu…",
      deleting: "Đang xóa…",
      updating: "Đang đổi trạng thái…",
      status: "Trạng thái: %{status}",
      statusInfoTooltipDraft: `Bài đang viết. Viết xong thì chuyển sang «${STATUSES.inReview}» để người duyệt xem.`,
      statusInfoTooltipInReview:
        "Bài đang chờ duyệt, bạn không phải làm gì thêm. Vẫn sửa được trong lúc chờ.",
      backCollection: " Về danh sách %{collectionLabel}",
      unsavedChanges: "Chưa lưu",
      changesSaved: "Đã lưu",
      ...STATUSES,
      publishNow: "Đăng ngay",
      deployPreviewPendingButtonLabel: "Xem bản thử đã có chưa",
      deployPreviewButtonLabel: "Xem bản thử",
      deployButtonLabel: "Xem trên trang",
    },
    editorWidgets: {
      markdown: {
        bold: "Chữ đậm",
        italic: "Chữ nghiêng",
        strikethrough: "Chữ gạch ngang",
        code: "Mã",
        link: "Liên kết",
        linkPrompt: "Địa chỉ cần dẫn tới, bắt đầu bằng https://",
        headings: "Đề mục",
        quote: "Đoạn trích",
        bulletedList: "Danh sách gạch đầu dòng",
        numberedList: "Danh sách đánh số",
        addComponent: "Thêm khối",
        richText: "Soạn thảo",
        toggleMode: {
          rich: "Chuyển sang khung soạn thảo",
          markdown: "Chuyển sang Markdown",
        },
      },
      image: attached("ảnh"),
      file: attached("tệp"),
      unknownControl: {
        noControl:
          "Chưa có ô điền cho loại «%{widget}». Nhờ người quản trị trang.",
      },
      unknownPreview: {
        noPreview: "Không xem trước được loại «%{widget}».",
      },
      headingOptions: {
        headingOne: "Đề mục bậc 1",
        headingTwo: "Đề mục",
        headingThree: "Đề mục nhỏ",
        headingFour: "Đề mục bậc 4",
        headingFive: "Đề mục bậc 5",
        headingSix: "Đề mục bậc 6",
      },
      datetime: {
        now: "Bây giờ",
        clear: "Xóa",
        setToNow: "Đặt %{fieldLabel} là bây giờ",
      },
      list: { add: "Thêm %{item}", addType: "Thêm %{item}" },
      object: { expand: "Mở ra", collapse: "Thu lại" },
    },
  },
  mediaLibrary: {
    mediaLibraryCard: {
      draft: "Chưa đăng",
      copy: "Chép",
      copyUrl: "Chép địa chỉ",
      copyPath: "Chép đường dẫn",
      copyName: "Chép tên tệp",
      copied: "Đã chép",
    },
    mediaLibrary: {
      onDelete: "Xóa những tệp đã chọn?",
      fileTooLarge: "Tệp lớn quá.\nChỉ nhận tệp đến %{size} kB.",
    },
    mediaLibraryModal: {
      close: "Đóng",
      noResults: "Không tìm thấy.",
      noAssetsFound: "Chưa có tệp nào.",
      noImagesFound: "Chưa có ảnh nào.",
      images: "Ảnh của bài",
      mediaAssets: "Tệp của bài",
      search: "Tìm…",
      uploading: "Đang tải lên…",
      deleting: "Đang xóa…",
      deleteSelected: "Xóa tệp đã chọn",
      chooseSelected: "Dùng tệp đã chọn",
    },
  },
  ui: {
    default: { goBackToSite: "Về trang web" },
    errorBoundary: {
      title: "Có lỗi",
      details:
        "Trang soạn bài gặp lỗi. Tải lại trang; nếu vẫn thế thì chép phần dưới đây, gửi cho người quản trị trang.",
      // Leads to others' site; hidden by style.css.
      reportIt: "",
      privacyWarning: "Bài đã lưu không mất gì.",
      recoveredEntry: {
        heading: "Phần bạn đang viết",
        warning: "Chép phần này ra chỗ khác trước khi rời trang!",
        copyButtonLabel: "Chép",
      },
    },
    settingsDropdown: { account: "Tài khoản" },
    toast: {
      onFailToLoadEntries: "Không mở được: %{details}",
      onFailToLoadDeployPreview: "Không mở được bản xem thử: %{details}",
      onFailToPersist: "Chưa lưu được: %{details}",
      onFailToDelete: "Chưa xóa được: %{details}",
      onFailToUpdateStatus: "Chưa đổi được trạng thái: %{details}",
      missingRequiredField:
        "Còn chỗ chưa điền hoặc điền chưa đúng: xem các dòng chữ đỏ, sửa rồi lưu lại.",
      entrySaved: "Đã lưu",
      entryPublished: "Đã đăng",
      entryUnpublished: "Đã ngừng đăng",
      onFailToPublishEntry: "Chưa đăng được: %{details}",
      onFailToUnpublishEntry: "Chưa ngừng đăng được: %{details}",
      entryUpdated: "Đã đổi trạng thái",
      onDeleteUnpublishedChanges: "Đã bỏ những thay đổi chưa đăng",
      noteAdded: "Đã thêm lời nhắn",
      onFailToAddNote: "Chưa thêm được lời nhắn: %{details}",
      noteUpdated: "Đã sửa lời nhắn",
      onFailToUpdateNote: "Chưa sửa được lời nhắn: %{details}",
      noteDeleted: "Đã xóa lời nhắn",
      onFailToDeleteNote: "Chưa xóa được lời nhắn: %{details}",
      noteResolved: "Lời nhắn đã xong",
      noteReopened: "Lời nhắn được mở lại",
      onFailToToggleNote: "Chưa đổi được lời nhắn: %{details}",
      onLoggedOut:
        "Bạn đã đăng xuất. Chép lại những gì đang viết rồi đăng nhập lại.",
      onBackendDown: "Máy chủ đang trục trặc: %{details}",
    },
  },
  workflow: {
    workflow: {
      loading: "Đang mở các bài chờ…",
      workflowHeading: "Bài chờ",
      newPost: "Viết bài mới",
      description:
        "%{smart_count} bài chờ duyệt, %{readyCount} bài đã duyệt chờ đăng. |||| %{smart_count} bài chờ duyệt, %{readyCount} bài đã duyệt chờ đăng.",
      dateFormat: "DD/MM/YYYY",
    },
    workflowCard: {
      lastChange: "%{author} sửa ngày %{date}",
      lastChangeNoAuthor: "Cập nhật ngày %{date}",
      lastChangeNoDate: "%{author} sửa",
      deleteChanges: "Bỏ thay đổi",
      deleteNewEntry: "Xóa bài mới",
      publishChanges: "Đăng thay đổi",
      publishNewEntry: "Đăng bài mới",
    },
    workflowList: {
      onDeleteEntry: "Xóa bài này?",
      onPublishingNotReadyEntry: `Chỉ đăng được bài «${STATUSES.ready}»: kéo thẻ sang cột ấy trước.`,
      onPublishEntry: "Đăng bài này?",
      draftHeader: STATUSES.draft,
      inReviewHeader: STATUSES.inReview,
      readyHeader: STATUSES.ready,
    },
  },
};

/**
 * Decap's Vietnamese, completed and mended.
 *
 * @param theirs `CMS.getLocale("vi")`
 * @returns what to give to `CMS.registerLocale("vi", …)`; `theirs` stays as it is
 */
export const vietnamese = (theirs: Phrases): Phrases => merge(theirs, ours);

const merge = (theirs: Phrases, ours: Phrases): Phrases => ({
  ...theirs,
  ...Object.fromEntries(
    Object.entries(ours).map(([name, mine]) => {
      const other = theirs[name];
      return typeof mine === "object"
        ? [name, merge(typeof other === "object" ? other : {}, mine)]
        : [name, mine];
    }),
  ),
});
