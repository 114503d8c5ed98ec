// Where there is room beside the results, the filters are open. Without scripts a line opens them.
"use strict";

(function () {
  const filters = document.querySelector("[data-filters]");
  const wide = matchMedia("(min-width: 56rem)");
  const open = () => {
    if (filters && wide.matches) filters.open = true;
  };
  open();
  wide.addEventListener("change", open); // the line that opens them is shown only where there is no room
})();
