/// The one script that pages may hold: it hides what a reader filters out.
///
/// Its text and its hash are constants, so that the page's policy can name the hash and let
/// nothing else run. All that is in a page is there without it.
package enum Script {
  /// Filters a page by the fields of its form `.filter`: words, axis, residence, period.
  package static let filter: StaticString = """
    (function(){"use strict";
    var form=document.querySelector("form.filter");if(!form)return;
    var plain=function(s){return s.normalize("NFD").replace(/[\\u0300-\\u036f]/g,"").toLowerCase()};
    var each=function(q,f){Array.prototype.forEach.call(document.querySelectorAll(q),f)};
    var field=function(n){var e=form.elements.namedItem(n);return e?e.value:""};
    var hide=function(e,on){e.toggleAttribute("hidden",on)};
    var show=function(){
    var words=plain(field("q")).split(/\\s+/).filter(Boolean);
    var axis=field("axis"),place=field("residence"),year=field("period"),n=0;
    each("[data-residence]",function(e){var r=e.getAttribute("data-residence");
    hide(e,place!==""&&r!==place&&r!=="_total")});
    each("[data-period]",function(e){hide(e,year!==""&&e.getAttribute("data-period")!==year)});
    each(".subject tbody tr",function(e){var t=plain(e.textContent);
    var on=words.every(function(w){return t.indexOf(w)>=0});hide(e,!on);if(on)n++});
    each(".subject",function(e){hide(e,!e.querySelector("tbody tr:not([hidden])"))});
    each(".axis-part",function(e){hide(e,(axis!==""&&e.id!==axis)||
    (words.length>0&&!e.querySelector(".subject:not([hidden])")))});
    each(".axis-part figure,.axis-part .absent",function(e){hide(e,words.length>0)});
    var said=form.querySelector("[role=status]");
    said.textContent=words.length?n+" "+said.getAttribute(n<2?"data-one":"data-many"):""};
    form.addEventListener("input",show);
    form.addEventListener("reset",function(){setTimeout(show,0)});
    form.addEventListener("submit",function(e){e.preventDefault()});
    hide(form,false);show()})();
    """

  /// SHA-256 of the text between the script's tags, in base64: what the policy allows to run.
  package static let hash: StaticString = "Qi3P1qn+kPbgUx0nKq1wxk5XTfbHtdmNEPKYuSRzvQk="
}
