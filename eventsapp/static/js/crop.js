// The numbers at the edges, drawn over the photo; the pointer draws a frame that sets them.

const area = document.querySelector("[data-crop]");
const sides = ["left", "right", "top", "bottom"];
const inputs = Object.fromEntries(sides.map((side) => [side, document.getElementById(side)]));
const SVG = "http://www.w3.org/2000/svg";

function part(name, css) {
  const element = document.createElementNS(SVG, name);
  element.setAttribute("class", css);
  return element;
}

const picture = document.createElementNS(SVG, "svg");
picture.setAttribute("viewBox", "0 0 100 100");
picture.setAttribute("preserveAspectRatio", "none");
picture.setAttribute("aria-hidden", "true");
const shade = part("path", "crop__shade");
const frame = part("rect", "crop__frame");
picture.append(shade, frame);

const number = (side) => Math.min(90, Math.max(0, Number.parseInt(inputs[side].value, 10) || 0));

function draw() {
  const [left, right, top, bottom] = sides.map(number);
  const width = Math.max(0, 100 - left - right);
  const height = Math.max(0, 100 - top - bottom);
  shade.setAttribute("d", `M0 0H100V100H0Z M${left} ${top}h${width}v${height}h${-width}Z`);
  for (const [name, value] of Object.entries({ x: left, y: top, width, height })) {
    frame.setAttribute(name, value);
  }
}

const within = (value) => Math.min(100, Math.max(0, value));

function place(event) {
  const box = picture.getBoundingClientRect();
  const x = within((100 * (event.clientX - box.left)) / box.width);
  const y = within((100 * (event.clientY - box.top)) / box.height);
  return [x, y];
}

if (area && sides.every((side) => inputs[side])) {
  area.append(picture);
  draw();
  for (const side of sides) inputs[side].addEventListener("input", draw);
  let from = null;
  picture.addEventListener("pointerdown", (event) => {
    from = place(event);
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = place(event);
    const [left, right] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
    const [top, bottom] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
    if (right - left < 10 || bottom - top < 10) return;
    inputs.left.value = Math.round(left);
    inputs.right.value = Math.round(100 - right);
    inputs.top.value = Math.round(top);
    inputs.bottom.value = Math.round(100 - bottom);
    draw();
  });
  for (const name of ["pointerup", "pointercancel"]) picture.addEventListener(name, () => (from = null));
}
